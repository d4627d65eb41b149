import os
from pathlib import Path

import pytest

from ml.backbone import LoadedBackbone, open_backbone

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def models(exported_backbone: Path) -> Path:
    """The same backbone as the site's tests use."""
    return exported_backbone


@pytest.fixture(scope="session")
def backbone(models: Path) -> LoadedBackbone:
    return open_backbone(models, threads=2)


@pytest.fixture(scope="session")
def photos() -> Path:
    folder = Path(os.environ.get("QUAYMARK_PHOTOS") or ROOT.parent / "shared" / "photos")
    if not folder.is_dir():
        pytest.skip("the photos for development are not here")
    return folder
