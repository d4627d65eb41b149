"""Any classification network of torchvision with its published weights. Imports torch.

What torchvision says of a network (address of the weights, preprocessing, class names, terms)
is read from its weight enums. The name of a weight file ends in the first eight digits of its
SHA-256: that is what its publisher lets one check. The whole SHA-256 is kept in the export.
"""

import hashlib
import os
import re
import shutil
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torchvision.models
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision.models import WeightsEnum
from torchvision.models._meta import _IMAGENET_CATEGORIES

from ml.backbone import Backbone, BackboneError
from ml.published import Published

SECONDS_WITHOUT_AN_ANSWER = 60
DIGEST_IN_NAME = re.compile(r"-([0-9a-f]{8,})\.pth$")
LICENCE = "BSD-3-Clause (torchvision); no terms are stated for the weights, trained on ImageNet"
# Trained with two classifiers more and with their input rescaled inside.
WITH_HELPERS = ("googlenet", "inception_v3")
OLD_DENSENET_KEY = re.compile(r"(denselayer\d+\.(?:norm|relu|conv))\.([12]\.)")


def imagenet_names() -> tuple[str, ...]:
    return tuple(_IMAGENET_CATEGORIES)


def published_by_torchvision(name: str, folder: Path) -> Published:
    """The network with torchvision's default weights, downloaded to `folder` unless they are there."""
    weights = _default_weights(name)
    path = weight_file(weights.url, folder)
    module = _network(name, weights)
    state = torch.load(path, map_location="cpu", weights_only=True)
    module.load_state_dict({OLD_DENSENET_KEY.sub(r"\1\2", key): value for key, value in state.items()})
    classes = tuple(map(str, weights.meta["categories"]))
    seeing = Seeing(module, len(classes)).eval()
    return Published(
        spec=_spec(name, weights, seeing.embedding_size, _sha256(path)),
        module=seeing,
        class_names=classes,
        class_vectors=seeing.class_vectors(),
        packages=(),
    )


class Seeing(nn.Module):
    """A classifier that also gives what its last layer is fed: the embedding.

    Where the last layer is a convolution (SqueezeNet) its input is averaged over the picture.
    """

    def __init__(self, network: nn.Module, classes: int) -> None:
        super().__init__()
        self.network = network
        # In a list, so that the layer is not registered twice.
        self._last = [_last_layer(network, classes)]
        self._last[0].register_forward_pre_hook(self._remember)
        self._fed: list[Tensor] = []

    def _remember(self, _layer: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        self._fed[:] = inputs[:1]

    def forward(self, views: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.network(views)
        fed = self._fed.pop()
        return (fed.mean(dim=(2, 3)) if fed.dim() == 4 else fed), logits

    @property
    def embedding_size(self) -> int:
        return int(self._last[0].weight.shape[1])

    def class_vectors(self) -> NDArray[np.float32]:
        weight = self._last[0].weight.detach()
        return np.ascontiguousarray(weight.reshape(len(weight), -1).numpy())


def _last_layer(network: nn.Module, classes: int) -> nn.Linear | nn.Conv2d:
    layers = [
        layer
        for layer in network.modules()
        if (isinstance(layer, nn.Linear) and layer.out_features == classes)
        or (isinstance(layer, nn.Conv2d) and layer.out_channels == classes and layer.kernel_size == (1, 1))
    ]
    if not layers:
        raise BackboneError(f"{type(network).__name__} has no layer that gives {classes} classes.")
    return layers[-1]


def _default_weights(name: str) -> WeightsEnum:
    known = torchvision.models.list_models(module=torchvision.models)
    if name not in known:
        raise BackboneError(
            f"There is no backbone {name}. BACKBONE may be efficientnet-lite2 or one of torchvision's: "
            f"{', '.join(known)}."
        )
    return torchvision.models.get_model_weights(name).DEFAULT


def _network(name: str, weights: WeightsEnum) -> nn.Module:
    options: dict[str, Any] = {"num_classes": len(weights.meta["categories"])}
    if name in WITH_HELPERS:
        options |= {"transform_input": True, "aux_logits": True, "init_weights": False}
    if name.startswith("vit_"):
        options["image_size"] = weights.transforms().crop_size[0]
    return torchvision.models.get_model(name, weights=None, **options)


def _spec(name: str, weights: WeightsEnum, embedding_size: int, sha256: str) -> Backbone:
    seen = weights.transforms()
    return Backbone(
        name=name,
        licence=weights.meta.get("license") or LICENCE,
        image_size=seen.crop_size[0],
        mean=tuple(seen.mean),
        std=tuple(seen.std),
        embedding_size=embedding_size,
        classes=len(weights.meta["categories"]),
        weights_package="torchvision",
        weights_sha256=sha256,
    )


def weight_file(url: str, folder: Path) -> Path:
    """The published file: the one in `folder`, or downloaded there. BackboneError where it is another."""
    path = folder / url.rpartition("/")[2]
    promised = DIGEST_IN_NAME.search(path.name)
    if promised is None:
        raise BackboneError(
            f"{url} doesn't say its SHA-256, so it can't be checked. Choose another backbone."
        )
    if not path.is_file():
        _download(url, path)
    if not _sha256(path).startswith(promised[1]):
        raise BackboneError(f"{path} is not the published weight file. Delete it, and export again.")
    return path


def _download(url: str, path: Path) -> None:
    """The whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with (
            os.fdopen(handle, "wb") as file,
            urllib.request.urlopen(url, timeout=SECONDS_WITHOUT_AN_ANSWER) as answer,  # noqa: S310 - torchvision's
        ):
            shutil.copyfileobj(answer, file)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise BackboneError(
            f"The weights could not be downloaded ({error}). Without internet, fetch {url} elsewhere "
            f"and put it at {path}."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
