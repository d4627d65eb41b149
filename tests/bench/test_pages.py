"""Pages that everybody opens, as a ratio to a bare Wagtail page of the same content in the same process.

The bare page has the same words already rendered: it goes through the same middleware, language choice and
page tree, but asks for nothing else. So the ratio is what our templates and queries cost beside Wagtail.
"""

import statistics
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from tests.factories import make_module, make_user

WARM_UP, TIMES = 5, 40
MAY_TAKE = 6.0  # times a bare page
ROWS = [
    ("sign-in", "/en/accounts/login/"),
    ("home page", "/en/"),
    ("module list", "/en/modules/"),
]


@pytest.fixture
def site(db: None) -> None:
    for number in range(3):
        make_module(f"module-{number}")


@pytest.fixture
def bare(site: None, settings, monkeypatch, tmp_path: Path):
    """Make a bare page with this content at /en/bare/."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    monkeypatch.setattr(Page, "template", "bare.html")
    page = Page(title="Bare", slug="bare")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=page)

    def made(name: str, content: str) -> str:
        (tmp_path / "bare.html").write_text("{% verbatim words %}" + content + "{% endverbatim words %}")
        return "/en/bare/"

    return made


def test_pages_against_a_bare_page(bare, capsys):
    rows = []
    for who, client in (("a stranger", Client()), ("a trainee", _signed_in())):
        for name, address in ROWS:
            if who == "a trainee" and name == "sign-in":
                continue
            content = client.get(address).content.decode()
            rows.append((f"{name}, {who}", *_measured(client, address, bare(name, content))))
    with capsys.disabled():
        print(f"\n{'measured':<28}{'ms':>8}{'bare ms':>9}{'ratio':>8}{'queries':>9}{'bare':>6}")
        for name, ours, bare_ms, queries, bare_queries in rows:
            print(f"{name:<28}{ours:>8.1f}{bare_ms:>9.1f}{ours / bare_ms:>8.1f}{queries:>9}{bare_queries:>6}")
        print(f"median of {TIMES} after {WARM_UP}, ours and bare by turns")
    assert all(ours / bare_ms < MAY_TAKE for _name, ours, bare_ms, _queries, _bare in rows)


def _signed_in() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def _measured(client: Client, ours: str, bare: str) -> tuple[float, float, int, int]:
    """Milliseconds and queries of each, taken by turns so that what slows the machine slows both."""
    times: dict[str, list[float]] = {ours: [], bare: []}
    for _ in range(WARM_UP + TIMES):
        for address in (ours, bare):
            began = time.perf_counter()
            response = client.get(address)
            times[address].append(1000 * (time.perf_counter() - began))
            assert response.status_code == 200
    medians = [statistics.median(times[address][WARM_UP:]) for address in (ours, bare)]
    return medians[0], medians[1], _queries(client, ours), _queries(client, bare)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    return len(captured)
