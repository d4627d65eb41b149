"""The index as one safetensors file: written whole or not at all, checked, then memory-mapped.

All metadata is one canonical JSON string, because the order of several keys would differ from
run to run. In it stands the SHA-256 of everything else, so that no byte can change unseen.
Readers hold on to the file they opened; a new index takes its name in one step.
"""

import hashlib
import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file

from ml.backbone import LoadedBackbone
from ml.confidence import Confidence
from ml.describing import Blocks
from ml.index import INDEX_FORMAT, PhotoIndex, PhotoIndexError, PhotoNames, Source
from ml.ridge import Classifier

REMEDY = "Run `python -m ml index` to build it anew."
KEY = "quaymark"
DTYPES = {"F32": np.float32, "F16": np.float16, "I64": np.int64, "U8": np.uint8}
SLICE = 1 << 20
LARGEST_HEADER = 64 << 20

Tensors = Mapping[str, NDArray[Any]]


def write_index(index: PhotoIndex, path: Path) -> None:
    """Replaces the file in one step. Raises PhotoIndexError, and leaves the old one, where it can't."""
    tensors = _tensors(index)
    about = _about(index)
    about["sha256"] = _digest(about, tensors)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, tensors, _canonical(about))
    except (OSError, SafetensorError) as error:
        raise PhotoIndexError(
            f"{path} can't be written ({_words(error)}). The index before it goes on serving. "
            "Make room or correct the folder's permissions, then run `python -m ml index` again."
        ) from error


def open_index(path: Path, backbone: LoadedBackbone) -> PhotoIndex:
    """Check every byte of an index, then map it. Raises PhotoIndexError."""
    try:
        with path.open("rb") as file:
            index = _opened(file)
    except FileNotFoundError as error:
        raise PhotoIndexError(f"{path} is missing. {REMEDY}") from error
    except OSError as error:
        raise PhotoIndexError(f"{path} can't be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PhotoIndexError(f"{path} is not a whole index: truncated or changed. {REMEDY}") from error
    index.check_fits(backbone, str(path))
    if index.classifier.blocks != Blocks.of(backbone.spec):
        raise PhotoIndexError(f"{path} was built for another version of {backbone.spec.name}. {REMEDY}")
    return index


def _tensors(index: PhotoIndex) -> dict[str, NDArray[Any]]:
    tensors = {
        "first_photo": index.first_photo,
        "heads": index.classifier.heads,
        "mean": index.classifier.mean,
        "name_starts": index.names.starts,
        "names": index.names.text,
        "vectors": index.vectors,
    }
    return {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}


def _about(index: PhotoIndex) -> dict[str, Any]:
    return {
        "format": INDEX_FORMAT,
        "items": index.items,
        "blocks": asdict(index.classifier.blocks),
        "confidence": asdict(index.confidence),
        "source": asdict(index.source),
        "notices": index.notices,
    }


def _canonical(about: Mapping[str, Any]) -> str:
    return json.dumps(about, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _digest(about: Mapping[str, Any], tensors: Tensors) -> str:
    digest = hashlib.sha256(_canonical(about).encode())
    for name, tensor in sorted(tensors.items()):
        digest.update(json.dumps([name, tensor.dtype.str, tensor.shape]).encode())
        content = tensor.reshape(-1).view(np.uint8)
        for start in range(0, len(content), SLICE):
            digest.update(content[start : start + SLICE].data)
    return digest.hexdigest()


def _write(path: Path, tensors: dict[str, NDArray[Any]], about: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        save_file(tensors, temporary, metadata={KEY: about})
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _opened(file: IO[bytes]) -> PhotoIndex:
    length = int.from_bytes(file.read(8), "little")
    if not 0 < length <= LARGEST_HEADER:
        raise ValueError("no header")
    header = json.loads(file.read(length))
    about = json.loads(header.pop("__metadata__")[KEY])
    sha256 = about.pop("sha256")
    if about["format"] != INDEX_FORMAT:
        raise ValueError("another format")
    start = 8 + length
    _check(file, header, about, sha256, start)
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return _index(about, {name: _mapped(mapped, start, entry) for name, entry in header.items()})


def _check(file: IO[bytes], header: Mapping[str, Any], about: Any, sha256: str, start: int) -> None:
    """Read by slices, not through the map: what is only checked needs no memory."""
    if os.fstat(file.fileno()).st_size != start + max(e["data_offsets"][1] for e in header.values()):
        raise ValueError("truncated")
    digest = hashlib.sha256(_canonical(about).encode())
    for name, entry in sorted(header.items()):
        dtype = np.dtype(DTYPES[entry["dtype"]])
        digest.update(json.dumps([name, dtype.str, entry["shape"]]).encode())
        first, last = entry["data_offsets"]
        if last - first != dtype.itemsize * int(np.prod(entry["shape"])):
            raise ValueError("a tensor's size")
        file.seek(start + first)
        for place in range(first, last, SLICE):
            digest.update(file.read(min(SLICE, last - place)))
    if digest.hexdigest() != sha256:
        raise ValueError("changed")


def _mapped(mapped: mmap.mmap, start: int, entry: Mapping[str, Any]) -> NDArray[Any]:
    dtype = np.dtype(DTYPES[entry["dtype"]])
    count = int(np.prod(entry["shape"]))
    return np.frombuffer(mapped, dtype, count, start + entry["data_offsets"][0]).reshape(entry["shape"])


def _index(about: Mapping[str, Any], tensors: Tensors) -> PhotoIndex:
    blocks, confidence, source = about["blocks"], about["confidence"], about["source"]
    meant = tuple(tuple(classes) for classes in source.pop("meant"))
    return PhotoIndex(
        items=tuple(about["items"]),
        classifier=Classifier(
            Blocks(blocks["embedding"], blocks["classes"], tuple(blocks["middle"])),
            tensors["mean"],
            tensors["heads"],
        ),
        confidence=Confidence(**{**confidence, "calibrated": tuple(confidence["calibrated"])}),
        first_photo=tensors["first_photo"],
        vectors=tensors["vectors"],
        names=PhotoNames(tensors["names"], tensors["name_starts"]),
        source=Source(**source, meant=meant),
        notices=tuple(about["notices"]),
    )


def _words(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
