"""Exports a backbone to ONNX, once, with its numbers checked against torch.

Torch is imported only where an export is really needed. Where the weights come from is
`ml.published`'s; their SHA-256 is checked before torch reads a byte of them.
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
from numpy.typing import NDArray

from ml.backbone import (
    EXPORT_FORMAT,
    BackboneError,
    Export,
    LoadedBackbone,
    chosen_backbone,
    read_export,
    read_onnx,
)
from ml.published import Published, published

if TYPE_CHECKING:
    from onnx import ModelProto

# Largest difference between torch and ONNX Runtime on random input; logits reach about 10.
TOLERANCE = 1e-3
PACKAGES = ("torch", "torchvision", "onnx", "onnxscript")


def default_folder() -> Path:
    """Where the site looks: `MODELS_ROOT`, else models in `VAR_DIR`, which is var unless set."""
    return Path(os.environ.get("MODELS_ROOT") or Path(os.environ.get("VAR_DIR") or "var") / "models")


def is_exported(folder: Path, name: str | None = None) -> bool:
    """Whether both files are there and whole."""
    try:
        read_onnx(folder, read_export(folder, name))
    except BackboneError:
        return False
    return True


def export(folder: Path, name: str | None = None) -> bool:
    """Exports the backbone of that name, or the chosen one, unless it is done; says whether it had to.

    However many processes call this at once, one exports and the others wait for it.
    """
    name = name or chosen_backbone()
    if Path(name).name != name:
        raise BackboneError(f"There is no backbone {name}.")
    if is_exported(folder, name):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder / f"{name}.lock"):
        if is_exported(folder, name):
            return False
        _export(folder, name)
    return True


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _export(folder: Path, name: str) -> None:
    network = published(name, folder / "weights")
    onnx = _as_onnx(network)
    digest = hashlib.sha256(onnx).hexdigest()
    made = Export(
        format=EXPORT_FORMAT,
        backbone=network.spec,
        onnx_file=f"{name}-{digest[:16]}.onnx",
        onnx_sha256=digest,
        class_names=network.class_names,
        versions={each: importlib.metadata.version(each) for each in (*PACKAGES, *network.packages)},
    )
    _check_numbers(network, LoadedBackbone(made, onnx, threads=2))
    _write(folder / made.onnx_file, onnx)
    _write(folder / f"{name}.json", made.as_canonical_json().encode())


def _as_onnx(network: Published) -> bytes:
    import onnx
    import torch

    size = network.spec.image_size
    program = torch.onnx.export(
        network.module,
        (torch.zeros(2, 3, size, size),),
        input_names=["views"],
        output_names=list(network.spec.outputs),
        dynamic_shapes=({0: torch.export.Dim("n", min=1)},),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise BackboneError("torch exported nothing. Install the pinned versions again.")
    proto = program.model_proto
    _forget_where_it_was_made(proto)
    _add_class_vectors(proto, network.class_vectors)
    onnx.checker.check_model(proto)
    return bytes(proto.SerializeToString(deterministic=True))


def _add_class_vectors(proto: "ModelProto", vectors: NDArray[np.float32]) -> None:
    """One output more, the same for all views. The last layer's weights are not stored twice."""
    from onnx import TensorProto, helper, numpy_helper

    shared = (
        tensor.name
        for tensor in proto.graph.initializer
        if tuple(tensor.dims) == vectors.shape and np.array_equal(numpy_helper.to_array(tensor), vectors)
    )
    name = next(shared, None)
    if name is None:
        name = "class_vectors_stored"
        proto.graph.initializer.append(numpy_helper.from_array(vectors, name))
    proto.graph.node.append(helper.make_node("Identity", [name], ["class_vectors"]))
    proto.graph.output.append(
        helper.make_tensor_value_info("class_vectors", TensorProto.FLOAT, vectors.shape)
    )


def _forget_where_it_was_made(proto: "ModelProto") -> None:
    """Stack traces with paths of this machine have no place in the file, nor in its hash."""
    proto.ClearField("metadata_props")
    graph = proto.graph
    graph.ClearField("metadata_props")
    for part in (*graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")


def _check_numbers(network: Published, loaded: LoadedBackbone) -> None:
    import torch

    size = loaded.spec.image_size
    random = np.random.default_rng(2025).standard_normal((3, 3, size, size), dtype=np.float32)
    with torch.inference_mode():
        outputs = network.module(torch.from_numpy(random))
    seen = loaded.look(random)
    off = max(
        float(np.abs(getattr(seen, name) - output.numpy()).max())
        for name, output in zip(loaded.spec.outputs, outputs, strict=True)
    )
    if not off <= TOLERANCE or not np.array_equal(loaded.class_vectors, network.class_vectors):
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
