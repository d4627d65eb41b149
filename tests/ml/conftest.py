import os
from pathlib import Path

import pytest

from ml.backbone import LoadedBackbone, open_backbone
from ml.export import export

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def models() -> Path:
    """Exported once and kept: the folder of the settings, or var/models in the checkout."""
    folder = Path(os.environ.get("QUAYMARK_MODELS") or ROOT / "var" / "models")
    export(folder)
    return folder


@pytest.fixture(scope="session")
def backbone(models: Path) -> LoadedBackbone:
    return open_backbone(models, threads=2)


@pytest.fixture(scope="session")
def photos() -> Path:
    folder = Path(os.environ.get("QUAYMARK_PHOTOS") or ROOT.parent / "shared" / "photos")
    if not folder.is_dir():
        pytest.skip("the photos for development are not here")
    return folder
