"""A real but tiny backbone: a 32-pixel network of random weights, run by ONNX Runtime.

It tells colours and their places apart, which is enough for made-up photos.
"""

import hashlib
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from ml.backbone import EXPORT_FORMAT, OUTPUTS, Backbone, Export, LoadedBackbone

CLASSES = ("tench", "laptop", "Indian elephant", "African elephant", "computer keyboard", "mouse")
TINY = Backbone(
    name="tiny",
    licence="Apache-2.0",
    image_size=32,
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
    embedding_size=24,
    classes=len(CLASSES),
    weights_package="none",
    weights_sha256="0" * 64,
    middle=(4, 6),
)


def tiny_backbone(seed: int = 1, *, broken: bool = False) -> LoadedBackbone:
    """`broken`: every embedding holds something that is not a number."""
    onnx = _network(np.random.default_rng(seed), broken)
    digest = hashlib.sha256(onnx).hexdigest()
    export = Export(EXPORT_FORMAT, TINY, "tiny.onnx", digest, CLASSES, {})
    return LoadedBackbone(export, onnx, threads=1)


def export_tiny(folder: Path) -> None:
    """The same as files that a site can be pointed to, with BACKBONE set to "tiny"."""
    onnx = _network(np.random.default_rng(1), broken=False)
    export = Export(EXPORT_FORMAT, TINY, "tiny.onnx", hashlib.sha256(onnx).hexdigest(), CLASSES, {})
    (folder / "tiny.onnx").write_bytes(onnx)
    (folder / "tiny.json").write_text(export.as_canonical_json(), encoding="utf-8")


def _network(rng: np.random.Generator, broken: bool) -> bytes:
    def weights(name: str, rows: int, columns: int) -> TensorProto:
        random = rng.standard_normal((rows, columns)).astype(np.float32) / np.sqrt(rows)
        if broken and name == "first":
            random[0, 0] = np.nan
        return numpy_helper.from_array(random.astype(np.float32), name)

    nodes = [
        helper.make_node("AveragePool", ["views"], ["grid"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Flatten", ["grid"], ["flat"]),
        helper.make_node("MatMul", ["flat", "first"], ["linear"]),
        helper.make_node("Relu", ["linear"], ["embedding"]),
        helper.make_node("MatMul", ["embedding", "second"], ["logits"]),
        helper.make_node("MatMul", ["flat", "third"], ["middle"]),
    ]
    sizes = {"embedding": TINY.embedding_size, "logits": TINY.classes, "middle": TINY.middle_size}
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("views", TensorProto.FLOAT, ["n", 3, 32, 32])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", sizes[name]]) for name in OUTPUTS],
        [
            weights("first", 48, sizes["embedding"]),
            weights("second", sizes["embedding"], sizes["logits"]),
            weights("third", 48, sizes["middle"]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    return bytes(model.SerializeToString())
