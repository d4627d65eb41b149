"""What tests of several apps need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.utils import translation

from content.loading.items import load_guide
from content.loading.ledger import Ledger
from content.loading.look_alikes import load_look_alikes
from ml.export import export

CHECKOUT = Path(__file__).resolve().parent.parent
EXPORTED = CHECKOUT / "var" / "models"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language in the thread; no test inherits the one before it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No test pays for what the one before it did often."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def exported_backbone() -> Path:
    """The real backbone, exported into the checkout on the first run and kept there."""
    export(EXPORTED)
    return EXPORTED


@pytest.fixture
def models_root(exported_backbone: Path, settings) -> Path:
    """For tests in which photos are really looked at."""
    settings.MODELS_ROOT = exported_backbone
    return exported_backbone


@pytest.fixture
def no_backbone(tmp_path: Path, settings) -> None:
    """For tests in which photos change, and nobody asks what the recogniser learned of them."""
    settings.MODELS_ROOT = tmp_path


@pytest.fixture
def whole_guide(db: None) -> None:
    """The product's own guide, as `load_content` brings it."""
    ledger = Ledger()
    load_guide(ledger)
    load_look_alikes(ledger)
