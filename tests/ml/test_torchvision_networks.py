"""Networks of torchvision, with random numbers in place of the published ones: no test may download."""

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
import torchvision.models
from PIL import Image

from ml import torchvision_networks
from ml.backbone import BackboneError, open_backbone
from ml.export import export
from ml.published import published
from ml.torchvision_networks import Seeing, imagenet_names, weight_file
from ml.views import look_at

SMALL = "shufflenet_v2_x0_5"
Publish = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def publish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """A weight file of random numbers under torchvision's own description of the network."""

    def published_as(name: str, rename: Callable[[str], str] = str, **options: Any) -> Path:
        torch.manual_seed(4)
        state = torchvision.models.get_model(name, weights=None, **options).state_dict()
        file = io.BytesIO()
        torch.save({rename(key): value for key, value in state.items()}, file)
        digest = hashlib.sha256(file.getvalue()).hexdigest()
        path = folder / "weights" / f"{name}-{digest[:8]}.pth"
        path.parent.mkdir(parents=True)
        path.write_bytes(file.getvalue())
        real = torchvision.models.get_model_weights(name).DEFAULT
        described = SimpleNamespace(
            url=f"https://weights.example/{path.name}", meta=real.meta, transforms=real.transforms
        )
        monkeypatch.setattr(torchvision_networks, "_default_weights", lambda _: described)
        return path

    return published_as


def test_a_network_says_its_preprocessing_size_licence_and_weights(publish: Publish, folder: Path) -> None:
    path = publish(SMALL)
    network = published(SMALL, folder / "weights")
    spec = network.spec
    assert (spec.name, spec.image_size, spec.embedding_size, spec.classes) == (SMALL, 224, 1024, 1000)
    assert spec.mean == (0.485, 0.456, 0.406)
    assert spec.std == (0.229, 0.224, 0.225)
    assert "BSD-3-Clause" in spec.licence
    assert spec.weights_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert network.class_names == imagenet_names()


def test_a_network_of_torchvision_is_exported_opened_and_looks(
    publish: Publish, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(SMALL)
    monkeypatch.setenv("BACKBONE", SMALL)
    assert export(folder)
    assert not export(folder)
    backbone = open_backbone(folder, threads=2)
    photo = np.asarray(Image.effect_noise((300, 260), 60).convert("RGB"))
    seen = look_at(photo, backbone, ("whole", "centre", "squeezed_mirrored"))
    assert seen.embedding.shape == (3, 1024)
    assert seen.logits.shape == (3, 1000)
    assert seen.middle.shape == (3, 0)
    assert backbone.class_vectors.shape == (1000, 1024)
    assert backbone.class_names[620] == "laptop"


@pytest.mark.parametrize("name", [SMALL, "squeezenet1_1", "mobilenet_v3_small", "efficientnet_b0"])
def test_the_embedding_is_what_the_last_layer_is_fed(name: str) -> None:
    torch.manual_seed(6)
    network = torchvision.models.get_model(name, weights=None).eval()
    seeing = Seeing(network, 1000).eval()
    views = torch.randn(2, 3, 224, 224)
    with torch.inference_mode():
        embedding, logits = seeing(views)
        assert torch.equal(logits, network(views))
    vectors = seeing.class_vectors()
    assert embedding.shape == (2, vectors.shape[1])
    if name != "squeezenet1_1":  # there a threshold and an average follow the last layer
        rest = logits.numpy() - embedding.numpy() @ vectors.T
        assert np.allclose(rest[0], rest[1], atol=1e-4)


def test_densenets_old_weight_names_are_understood(publish: Publish, folder: Path) -> None:
    def old(key: str) -> str:
        return re.sub(r"(denselayer\d+\.(?:norm|relu|conv))([12]\.)", r"\1.\2", key)

    publish("densenet121", rename=old)
    assert published("densenet121", folder / "weights").spec.embedding_size == 1024


def test_a_network_trained_with_helpers_is_read(publish: Publish, folder: Path) -> None:
    publish("googlenet", aux_logits=True, init_weights=False)
    assert published("googlenet", folder / "weights").spec.embedding_size == 1024


def test_changed_weights_are_never_read(publish: Publish, folder: Path) -> None:
    path = publish(SMALL)
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(BackboneError, match="not the published weight file") as refusal:
        published(SMALL, folder / "weights")
    assert str(path) in str(refusal.value)


def answer_with(content: bytes) -> Callable[..., io.BytesIO]:
    return lambda url, timeout: io.BytesIO(content)


def test_weights_are_downloaded_once_and_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"the published numbers"
    url = f"https://weights.example/small-{hashlib.sha256(content).hexdigest()[:8]}.pth"
    monkeypatch.setattr("urllib.request.urlopen", answer_with(content))
    path = weight_file(url, folder)
    assert path.read_bytes() == content
    monkeypatch.setattr("urllib.request.urlopen", answer_with(b"never asked for again"))
    assert weight_file(url, folder).read_bytes() == content


def test_a_download_of_something_else_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.urlopen", answer_with(b"a login page"))
    with pytest.raises(BackboneError, match="not the published weight file"):
        weight_file("https://weights.example/small-01234567.pth", folder)


def test_a_failed_download_says_where_to_put_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(url: str, timeout: float) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    with pytest.raises(BackboneError, match="Without internet") as refusal:
        weight_file("https://weights.example/small-01234567.pth", folder)
    assert str(folder / "small-01234567.pth") in str(refusal.value)
    assert not list(folder.iterdir())


def test_weights_without_a_digest_in_their_name_are_refused(folder: Path) -> None:
    with pytest.raises(BackboneError, match="SHA-256"):
        weight_file("https://weights.example/small.pth", folder)


def test_every_network_of_torchvision_publishes_a_digest_and_its_preprocessing() -> None:
    for name in torchvision.models.list_models(module=torchvision.models):
        weights = torchvision_networks._default_weights(name)
        seen = weights.transforms()
        assert torchvision_networks.DIGEST_IN_NAME.search(weights.url), name
        assert len(seen.crop_size) == 1
        assert len(weights.meta["categories"]) == 1000
