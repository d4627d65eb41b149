import pytest
from django.test import Client

from tests.factories import make_user
from tests.identify.guide import make_small_guide


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
