"""How goods are hidden is told to those who look for them, and to nobody else."""

import pytest
from django.test import Client

from content.models import HSLink, ReferenceItem
from tests.factories import make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_small_guide

pytestmark = pytest.mark.django_db

HIDING_PLACE = "Behind the cashew nuts."


@pytest.fixture(autouse=True)
def laptop() -> ReferenceItem:
    laptop = make_small_guide()["laptop"]
    laptop.set_words("concealment", "en", HIDING_PLACE)
    laptop.concealment_source = "A handbook of enforcement"
    laptop.save()
    HSLink.objects.create(item=laptop, code="8471.30", role=HSLink.Role.PROPER)
    HSLink.objects.create(item=laptop, code="0801.31", role=HSLink.Role.MISUSED)
    return laptop


def signed_in(*roles: str, **fields: object) -> Client:
    client = Client()
    client.force_login(make_user(roles=roles, **fields))
    return client


@pytest.mark.parametrize("role", ["officer", "trainer", "expert", "coordinator"])
def test_an_officer_reads_it_in_the_guide(role):
    page = signed_in(role).get("/en/guide/laptop/").text

    assert HIDING_PLACE in page
    assert "A handbook of enforcement" in page
    assert "Often declared here to hide it" in page and "0801.31" in page


def test_a_trainee_does_not():
    page = signed_in("trainee").get("/en/guide/laptop/").text

    assert HIDING_PLACE not in page and "A handbook of enforcement" not in page
    assert "0801.31" not in page and "8471.30" in page


def test_an_officer_who_waits_for_approval_does_not():
    assert HIDING_PLACE not in signed_in("officer", standing="waiting").get("/en/guide/laptop/").text


@pytest.mark.parametrize("address", ["/en/guide/", "/en/guide/laptop/"])
def test_a_stranger_does_not(client, address):
    page = client.get(address).text
    assert HIDING_PLACE not in page and "0801.31" not in page


def test_an_answer_says_it(laptop):
    officer = make_user(roles=("officer",))
    answer = make_answer(officer, ("laptop", 0.9))
    client = Client()
    client.force_login(officer)

    assert HIDING_PLACE in client.get(answer.get_absolute_url()).text
    candidate = client.get(f"/api/v1/identifications/{answer.case.public_id}").json()["candidates"][0]
    assert candidate["concealment"] == HIDING_PLACE
    assert candidate["hidden_under"] == ["0801.31"]
