"""An officer sees their own identifications, by page, photo and API; nobody else does."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from content.models import ReferenceItem
from identify.models import Identification
from tests.factories import make_user
from tests.identify.answered import make_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]


@pytest.fixture
def answer(officer):
    return make_answer(officer, ("laptop", 0.8), ("keyboard", 0.2))


@pytest.fixture
def addresses(answer):
    number = answer.case.public_id
    return [
        reverse("identify:answer", args=[number]),
        reverse("identify:photo", args=[number, 1]),
        f"/api/v1/identifications/{number}",
    ]


def signed_in(**fields: object) -> Client:
    client = Client()
    client.force_login(make_user(**fields))
    return client


def test_the_officer_sees_their_own(as_officer, addresses):
    assert [as_officer.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.parametrize("role", ["officer", "trainer", "coordinator", "expert"])
def test_others_are_told_that_there_is_nothing(addresses, role):
    other = signed_in(roles=(role,))

    assert [other.get(address).status_code for address in addresses] == [404, 404, 404]


def test_even_a_superuser_sees_only_their_own(addresses):
    other = signed_in(is_superuser=True)

    assert [other.get(address).status_code for address in addresses] == [404, 404, 404]


def test_strangers_are_sent_to_sign_in(client, addresses):
    assert [client.get(address).status_code for address in addresses] == [302, 302, 401]
    start = client.get("/ar/identify/")
    assert start.url == "/ar/accounts/login/?next=/ar/identify/"


def test_a_trainee_is_told_whom_to_ask(addresses):
    trainee = signed_in(roles=("trainee",))

    page = trainee.get("/en/identify/")

    assert page.status_code == 403
    assert "Ask your national coordinator" in page.text
    assert [trainee.get(address).status_code for address in addresses] == [403, 403, 403]


def test_an_officer_who_lost_the_role_sees_nothing_any_more(as_officer, officer, addresses):
    officer.groups.clear()

    assert [as_officer.get(address).status_code for address in addresses] == [403, 403, 403]


def test_the_list_holds_only_ones_own(as_officer, answer):
    make_answer(make_user(roles=("officer",)), ("keyboard", 0.9))

    page = as_officer.get("/en/identify/mine/")

    assert "Laptop computer" in page.text
    assert "Keyboard" not in page.text


def test_the_list_keeps_the_name_of_an_item_that_the_guide_has_dropped(as_officer, answer):
    ReferenceItem.objects.filter(key="laptop").delete()

    assert "Laptop computer" in as_officer.get("/en/identify/mine/").text


def test_a_case_that_was_answered_again_shows_the_last_answer(as_officer, answer, addresses):
    answer.pk, answer.item = None, "keyboard"
    answer.save()

    assert "<h1>Keyboard</h1>" in as_officer.get(addresses[0]).text
    assert as_officer.get(addresses[2]).json()["answer"]["item"] == "keyboard"


@pytest.mark.database
@pytest.mark.parametrize(
    "change", [{"unknown": True}, {"probability": None}, {"probability": 1.1}, {"item": ""}]
)
def test_the_database_refuses_half_an_answer(answer, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Identification.objects.filter(pk=answer.pk).update(**change)


def test_photos_are_served_so_that_only_the_officers_browser_keeps_them(as_officer, addresses):
    response = as_officer.get(addresses[1])

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_the_sealed_original_has_no_address(as_officer, answer, addresses):
    photo = answer.case.photos.get()

    assert as_officer.get(f"/media/{photo.original.name}").status_code == 404


def test_a_position_that_does_not_exist_is_not_found(as_officer, answer):
    assert as_officer.get(reverse("identify:photo", args=[answer.case.public_id, 2])).status_code == 404
