"""`python -m ml VERB`: what the machine can do without the site."""

import argparse
import json
import sys
from pathlib import Path

from ml import fit_names
from ml.backbone import BackboneError, open_backbone
from ml.export import default_folder, export


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BackboneError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ml", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verb = verbs.add_parser("export", help="write the default backbone as ONNX, once")
    verb.add_argument("--to", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_export)
    verb = verbs.add_parser("fit-names", help="fit the constants of recognising by name")
    verb.add_argument("photos", type=Path, metavar="PHOTOS", help="SET/CLASS/PHOTO")
    verb.add_argument(
        "--items", type=Path, nargs="+", required=True, metavar="YAML", help="files of the guide"
    )
    verb.add_argument("--models", type=Path, default=None, metavar="DIR")
    verb.set_defaults(run=_fit_names)
    return parser


def _export(options: argparse.Namespace) -> int:
    folder = options.to or default_folder()
    print(f"Exporting the backbone to {folder} …", flush=True)
    print("Exported." if export(folder) else "Already exported.")
    return 0


def _fit_names(options: argparse.Namespace) -> int:
    backbone = open_backbone(options.models or default_folder())
    fitted = fit_names.fit(backbone, fit_names.read_items(options.items), options.photos)
    fit_names.write(fitted)
    print(json.dumps(fitted, indent=1, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
