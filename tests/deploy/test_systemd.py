"""The systemd units: what they start is there, they may do little, and systemd itself finds no fault."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
INSTALLED = "/opt/quaymark"


class Repeated(dict):
    """A unit may give the same key more than once; the values are kept with newlines between."""

    def __setitem__(self, key, value) -> None:
        if isinstance(value, list) and key in self and isinstance(self[key], list):
            value = self[key] + value
        super().__setitem__(key, value)


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(
        strict=False, interpolation=None, comment_prefixes=("#",), dict_type=Repeated
    )
    parser.optionxform = str
    parser.read(unit)
    return parser


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_may_do_little(unit):
    service = read(unit)["Service"]
    assert service["User"] == "quaymark"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/quaymark/quaymark.env"


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_what_it_starts_is_in_the_checkout(unit):
    for word in read(unit)["Service"]["ExecStart"].split():
        if word.startswith("deploy/"):
            assert (ROOT / word).exists()


def test_the_sandboxed_decoder_may_set_its_limits():
    """It refuses to decode strangers' photos without them."""
    for unit in SERVICES:
        allowed = read(unit)["Service"]["SystemCallFilter"].split("\n")
        assert "setrlimit prlimit64" in allowed[-1]
        assert allowed.index("~@privileged @resources") < len(allowed) - 1


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_fault(tmp_path):
    """With the paths of this checkout in place of those of an installation."""
    copies = []
    for unit in UNITS:
        copies.append(tmp_path / unit.name)
        copies[-1].write_text(unit.read_text().replace(INSTALLED, str(ROOT)))
    found = subprocess.run(["systemd-analyze", "verify", *copies], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_services_figures_are_of_one_start_only(unit):
    """systemd empties the folder when the service stops."""
    service = read(unit)["Service"]
    folder = service["RuntimeDirectory"]
    assert f"PROMETHEUS_MULTIPROC_DIR=/run/{folder}" in service["Environment"]
