"""`python -m ml VERB`: what the machine can do without the site."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from ml import fit_names, fit_prior
from ml.backbone import BackboneError, LoadedBackbone, chosen_backbone, open_backbone
from ml.decoding import DecodedPhoto, PhotoRefused
from ml.describing import DescriptionError
from ml.evaluate import run
from ml.evaluate_command import evaluate
from ml.evaluation_table import as_text
from ml.export import default_folder, export
from ml.identify_command import answer_in_words
from ml.index import PhotoIndexError
from ml.index_file import write_index
from ml.photo_recogniser import PhotoRecogniser
from ml.photo_sets import PhotoSetError
from ml.reference_folders import index_of_folder
from ml.report import report
from ml.report_pairs import read_pairs
from ml.sandbox import decode_safely


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (BackboneError, PhotoSetError, PhotoIndexError, DescriptionError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ml", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verb = verbs.add_parser("export", help="write a backbone as ONNX, once")
    verb.add_argument("--backbone", default=None, metavar="NAME", help="else BACKBONE, else the default")
    verb.add_argument("--to", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_export)
    verb = verbs.add_parser("fit-names", help="fit the constants of recognising by name")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="SET/CLASS/PHOTO")
    verb.add_argument(
        "--items", type=Path, nargs="+", required=True, metavar="YAML", help="files of the guide"
    )
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_fit_names)
    verb = verbs.add_parser("fit-prior", help="fit the constants for indexes of too few specimens")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="SET/CLASS/PHOTO")
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_fit_prior)
    verb = verbs.add_parser("index", help="learn from reference photos, one folder an item")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="ITEM/PHOTO")
    verb.add_argument("--to", type=Path, default=None, metavar="FILE")
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_index)
    verb = verbs.add_parser("identify", help="say what photos of one thing are consistent with")
    verb.add_argument("--references", type=Path, required=True, metavar="PHOTOS", help="ITEM/PHOTO")
    verb.add_argument("photos", type=Path, nargs="+", metavar="PHOTO", help="1 to 6 of one specimen")
    verb.add_argument("--json", action="store_true")
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_identify)
    verb = verbs.add_parser("evaluate", help="measure the recogniser on a folder of photos")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="CLASS/PHOTO")
    verb.add_argument("--shots", type=_numbers, default=(1, 3, 5, 10), metavar="1,3,5,10")
    verb.add_argument("--seeds", type=_one_or_more, default=5)
    verb.add_argument("--photos-per-query", type=_one_or_more, default=1)
    verb.add_argument("--names", choices=("off", "on"), default="off")
    verb.add_argument("--json", type=Path, default=None, metavar="FILE")
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_evaluate)
    verb = verbs.add_parser("report", help="the same as a page to look at")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="CLASS/PHOTO")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    verb.add_argument("--pairs", type=Path, default=None, metavar="FILE", help="CSV: listed,unlisted")
    verb.add_argument("--shots", type=_one_or_more, default=5, help="reference photos of each class")
    verb.add_argument("--seeds", type=_one_or_more, default=5)
    verb.add_argument("--names", choices=("off", "on"), default="off")
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_report)
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(_one_or_more, text.split(",")))


def _one_or_more(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _export(options: argparse.Namespace) -> int:
    folder = options.to or default_folder()
    name = options.backbone or chosen_backbone()
    print(f"Exporting {name} to {folder} …", flush=True)
    print("Exported." if export(folder, name) else "Already exported.")
    return 0


def _fit_prior(options: argparse.Namespace) -> int:
    fitted = fit_prior.fit(_backbone(options), options.photos)
    fit_prior.write(fitted)
    print(json.dumps(fitted, indent=1, sort_keys=True))
    return 0


def _index(options: argparse.Namespace) -> int:
    index, notices = index_of_folder(options.photos, _backbone(options))
    _tell(notices)
    path = options.to or default_folder() / "photos.safetensors"
    write_index(index, path)
    print(f"{path}: {len(index.vectors)} photos of {len(index.items)} items, version {index.version}.")
    return 0


def _identify(options: argparse.Namespace) -> int:
    backbone = _backbone(options)
    index, notices = index_of_folder(options.references, backbone)
    _tell(notices)
    try:
        photos = [_decoded(path) for path in options.photos]
        found = PhotoRecogniser(backbone, index).recognise([photo.pixels for photo in photos])
    except (PhotoIndexError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(found.as_json(), indent=1) if options.json else answer_in_words(found, options.photos))
    return 0


def _decoded(path: Path) -> DecodedPhoto:
    try:
        return decode_safely(path)
    except OSError as error:
        raise ValueError(f"{path} can't be read ({error.strerror}).") from error
    except PhotoRefused as refusal:
        raise ValueError(
            f"{path} can't be used ({refusal.code}). Send a whole JPEG, PNG or WebP photo."
        ) from refusal


def _evaluate(options: argparse.Namespace) -> int:
    found, left_out = evaluate(
        options.photos,
        _backbone(options),
        shots=options.shots,
        seeds=options.seeds,
        photos_per_query=options.photos_per_query,
        names=options.names == "on",
    )
    _tell(left_out)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(as_text(found))
    return 0


def _report(options: argparse.Namespace) -> int:
    backbone = _backbone(options)
    found = run(
        options.photos, (options.shots,), options.seeds, backbone=backbone, names=options.names == "on"
    )
    results = list(found)
    if not results:
        raise PhotoSetError(
            f"{options.photos}: no class has {options.shots + 2} photos. Add photos, or lower --shots."
        )
    pairs = read_pairs(options.pairs, results[0].classes) if options.pairs else ()
    html = report(options.photos, results, backbone.spec.name, pairs)
    options.out.write_text(html, encoding="utf-8")
    print(f"{options.out}: {len(results)} queries.")
    return 0


def _backbone(options: argparse.Namespace) -> LoadedBackbone:
    return open_backbone(options.models or default_folder())


def _tell(notices: Iterable[str]) -> None:
    for notice in notices:
        print(notice, file=sys.stderr)


def _fit_names(options: argparse.Namespace) -> int:
    backbone = open_backbone(options.models or default_folder())
    fitted = fit_names.fit(backbone, fit_names.read_items(options.items), options.photos)
    fit_names.write(fitted)
    print(json.dumps(fitted, indent=1, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
