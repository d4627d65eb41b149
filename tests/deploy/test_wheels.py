"""An installation without internet: what the base needs is named with its version, and is enough."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
Found = dict[str, importlib.metadata.Distribution]


@pytest.fixture(scope="module")
def needed() -> list[str]:
    """What pyproject.toml asks for to serve the site, Redis and S3 included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project["dependencies"] + project["optional-dependencies"].get("scale", [])


@pytest.fixture(scope="module")
def everything(needed: list[str]) -> Found:
    """These, and all that they need in turn, as installed here."""
    found: Found = {}
    waiting = [(Requirement(line), "") for line in needed]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        found[name] = importlib.metadata.distribution(name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                waiting += [(Requirement(line), wanted) for line in found[name].requires or []]
    return found


def test_everything_is_pinned_to_what_was_tested(everything: Found):
    lines = (ROOT / "constraints.txt").read_text().split()
    pinned = {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}
    installed = {name: distribution.version for name, distribution in everything.items()}
    assert {name: pinned.get(name) for name in installed} == installed


def test_nothing_of_it_is_torch(everything: Found):
    assert not {"torch", "torchvision", "onnxscript"} & set(everything)


def test_pip_finds_all_of_it_in_a_folder(needed: list[str], everything: Found, tmp_path: Path):
    """pip's own resolver, with no index; wheels of the installed packages, of which it reads the metadata."""
    for distribution in everything.values():
        _wheel_without_content(distribution, tmp_path)
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-index"]
    command += ["--disable-pip-version-check", "--find-links", str(tmp_path)]
    command += ["--constraint", str(ROOT / "constraints.txt"), *needed]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert "Would install" in answer.stdout


def test_the_folder_is_never_written_over(tmp_path: Path):
    (tmp_path / "mine").write_text("mine")
    answer = subprocess.run(["deploy/wheels", str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 1
    assert "already there" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def _wheel_without_content(distribution: importlib.metadata.Distribution, folder: Path) -> None:
    name = re.sub(r"[-_.]+", "_", distribution.metadata["Name"]).lower()
    info = f"{name}-{distribution.version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{distribution.version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", distribution.read_text("METADATA"))
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
