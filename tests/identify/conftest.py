import json
from pathlib import Path

import pytest
import responses
from django.test import Client

from tests.factories import make_user
from tests.identify.guide import make_small_guide

# GBIF and iNaturalist as their answers were written down; nothing here reaches a network.
ANSWERS = Path(__file__).parent / "references" / "answers"


@pytest.fixture
def officer(db):
    return make_user("officer@example.org", roles=("officer",))


@pytest.fixture
def as_officer(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def small_guide(db):
    """A laptop, a keyboard and a remote control under electrical equipment; and an ivory tusk, which is known
    by no photo."""
    return make_small_guide()


@pytest.fixture
def elsewhere():
    """Addresses that are not told to answer can't be reached."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


@pytest.fixture
def inaturalist(elsewhere):
    answer = json.loads((ANSWERS / "inaturalist.json").read_text())
    elsewhere.get("https://api.inaturalist.org/v1/observations", json=answer)
    return elsewhere


@pytest.fixture
def gbif(elsewhere):
    answer = json.loads((ANSWERS / "gbif.json").read_text())
    elsewhere.get("https://api.gbif.org/v1/occurrence/search", json=answer)
    return elsewhere
