"""The documents say what is true: their links lead somewhere, their settings and commands exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "ml/MODEL_CARD.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_that_are_there(name):
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text())
    missing = [
        link for link in links if "://" not in link and not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert missing == []


def test_every_setting_in_the_readme_is_read_somewhere():
    readme = (ROOT / "README.md").read_text()
    table = readme[readme.index("## Configuration") : readme.index("## PyTorch")]
    files = [*(ROOT / "config" / "settings").glob("*.py"), ROOT / "tests" / "browser" / "conftest.py"]
    code = "".join(path.read_text() for path in files)
    names = re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if f'"{name}"' not in code] == []


def test_every_setting_that_is_read_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    code = "".join(path.read_text() for path in (ROOT / "config" / "settings").glob("*.py"))
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code)
    assert [name for name in read if f"`{name}`" not in readme] == []


def test_every_command_in_the_readme_exists():
    named = set(re.findall(r"manage\.py (\w+)", (ROOT / "README.md").read_text()))
    assert named <= set(get_commands())
