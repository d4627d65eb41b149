"""A form sent twice gets one answer, also when both arrive at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import storages
from django.db import connections
from django.test import Client

from identify.models import Case, Identification
from tests.factories import make_user
from tests.identify import pictures
from tests.identify.guide import make_small_guide
from tests.identify.sending import send

pytestmark = pytest.mark.usefixtures("models_root")
PHOTO = ("laptop.jpg", pictures.jpeg())


@pytest.mark.django_db
def test_the_same_form_with_the_same_photos_leads_to_the_same_answer(as_officer, small_guide):
    token = str(uuid.uuid4())

    first, second = send(as_officer, PHOTO, token=token), send(as_officer, PHOTO, token=token)

    assert first.url == second.url
    assert Identification.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_with_other_photos_is_another_thing(as_officer, small_guide):
    """The way back in the browser brings the old form; its answer must not stand for new photos."""
    token = str(uuid.uuid4())

    first = send(as_officer, PHOTO, token=token)
    second = send(as_officer, ("other.jpg", pictures.jpeg(9)), token=token)

    assert first.url != second.url


@pytest.mark.django_db
def test_two_officers_with_the_same_token_have_a_case_each(as_officer, small_guide):
    other = Client()
    other.force_login(make_user("other@example.org", roles=("officer",)))
    token = str(uuid.uuid4())

    assert send(as_officer, PHOTO, token=token).url != send(other, PHOTO, token=token).url


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_forms_that_arrive_at_once_lead_to_the_same_answer():
    make_small_guide()
    officer = make_user("quick@example.org", roles=("officer",))
    token = str(uuid.uuid4())

    def press(_time: int) -> str:
        client = Client()
        client.force_login(officer)
        try:
            return send(client, PHOTO, token=token).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as officers_fingers:
        addresses = set(officers_fingers.map(press, range(4)))

    assert len(addresses) == 1
    case = Case.objects.get()
    assert case.photos.count() == 1
    assert storages["private"].listdir("originals")[0].count(str(case.public_id)) == 1
