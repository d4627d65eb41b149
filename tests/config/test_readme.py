"""The documents say what is true: their links lead somewhere, their settings and commands exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/running.md", "ml/MODEL_CARD.md"]


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


def test_every_command_in_the_documents_exists():
    for name in DOCUMENTS:
        named = set(re.findall(r"manage\.py (\w+)", (ROOT / name).read_text()))
        assert named <= set(get_commands()), name


def test_what_running_names_is_there():
    """Files of the checkout, settings, and make's targets."""
    text = (ROOT / "docs" / "running.md").read_text()
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    files = set(re.findall(r"\b((?:deploy|tests|config)/[\w./-]*\w)", text)) - {"deploy/quaymark.env"}
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert [
        name
        for name in re.findall(r"(?:`|^    )make (\w+)", text, re.MULTILINE)
        if f"\n{name}:" not in makefile
    ] == []
    settings = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=\w+)?`", text)) - {
        "SECRET_KEY",
        "PIP_EXTRA_INDEX_URL",
        "WEB_CONCURRENCY",
    }
    assert len(settings) > 3
    assert [name for name in sorted(settings) if f"`{name}`" not in readme] == []
