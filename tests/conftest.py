"""What tests of several apps need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from ml.export import export
from tests.whole_guide import give_whole_guide

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


@pytest.fixture(scope="module")
def whole_guide(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The product's own guide, for all tests of a module: loading it takes longer than they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        give_whole_guide()
        yield
        transaction.set_rollback(True)
