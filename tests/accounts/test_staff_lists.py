"""Staff lists: each row's fate is shown, then exactly that is done."""

import csv
import io
import time
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.requests import ask_for_access
from accounts.actions.staff_lists import StaffListRefused, apply_rows, apply_staff_list, plan_staff_list
from accounts.actions.standing import suspend
from accounts.models import Administration, Invitation, SentMail, StaffList, User
from accounts.staff_list_file import read_staff_list
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return Administration.objects.create(name="Customs of Here")


@pytest.fixture
def there():
    return Administration.objects.create(name="Customs of There")


@pytest.fixture
def coordinator(here):
    return make_user("coordinator@here.example", ("coordinator",), administration=here)


@pytest.fixture
def planned(coordinator, here):
    """`planned("a@x.example,officer", …)`: the list as it is shown."""

    def plan(*rows: str) -> StaffList:
        read = read_staff_list("\n".join(["email,role", *rows]).encode())
        return plan_staff_list(coordinator, here, "staff.csv", read)

    return plan


def fates(staff_list):
    return {row.email: row.fate for row in staff_list.rows.all()}


def test_every_row_has_its_fate_and_nothing_is_done_yet(planned, coordinator, here, there):
    make_user("officer@here.example", ("officer",), administration=here)
    make_user("expert@here.example", ("expert",), administration=here)
    make_user("other@there.example", ("officer",), administration=there)
    closed = make_user("closed@here.example", ("officer",), administration=here)
    suspend(closed, coordinator, "Inquiry")
    ask_for_access(
        make_user("new@here.example", (), administration=here, standing="waiting"), here, "officer", "x"
    )
    mails = SentMail.objects.count()
    staff_list = planned(
        "stranger@here.example,officer",
        "officer@here.example,officer",
        "expert@here.example,coordinator",
        "other@there.example,officer",
        "closed@here.example,officer",
        "new@here.example,officer",
        "nobody,officer",
        "coordinator@here.example,officer",
    )
    assert fates(staff_list) == {
        "stranger@here.example": "invite",
        "officer@here.example": "here",
        "expert@here.example": "change",
        "other@there.example": "transfer",
        "closed@here.example": "refused",
        "new@here.example": "approve",
        "nobody": "refused",
        "coordinator@here.example": "refused",
    }
    assert not Invitation.objects.exists()
    assert SentMail.objects.count() == mails
    assert User.objects.get(email="expert@here.example").roles == {"expert"}


def test_applying_does_what_was_shown(planned, coordinator, here, there):
    make_user("expert@here.example", ("expert",), administration=here)
    make_user("other@there.example", ("officer",), administration=there)
    ask_for_access(
        make_user("new@here.example", (), administration=here, standing="waiting"), here, "trainee", "x"
    )
    staff_list = planned(
        "stranger@here.example,officer+expert",
        "expert@here.example,coordinator",
        "other@there.example,expert",
        "new@here.example,officer",
    )
    assert apply_staff_list(staff_list, coordinator).state == "applied"
    assert Invitation.objects.get().roles == ["officer", "expert"]
    assert SentMail.objects.get(to="stranger@here.example").secret
    assert User.objects.get(email="expert@here.example").roles == {"coordinator"}
    assert User.objects.get(email="new@here.example").roles == {"officer"}
    assert User.objects.get(email="other@there.example").roles == {"officer"}
    assert set(staff_list.rows.values_list("email", "outcome")) == {
        ("stranger@here.example", "done"),
        ("expert@here.example", "done"),
        ("other@there.example", ""),
        ("new@here.example", "done"),
    }


def test_what_has_changed_since_is_left_alone_and_said(planned, coordinator, here):
    expert = make_user("expert@here.example", ("expert",), administration=here)
    staff_list = planned("expert@here.example,trainer", "stranger@here.example,officer")
    expert.give_role("officer")
    make_user("stranger@here.example", ("expert",), administration=here)
    apply_staff_list(staff_list, coordinator)
    assert set(staff_list.rows.values_list("outcome", flat=True)) == {"changed"}
    assert User.objects.get(pk=expert.pk).roles == {"expert", "officer"}
    assert not Invitation.objects.exists()


def test_a_list_is_applied_once(planned, coordinator):
    staff_list = planned("stranger@here.example,officer")
    apply_staff_list(staff_list, coordinator)
    with pytest.raises(StaffListRefused):
        apply_staff_list(staff_list, coordinator)
    apply_rows.call(staff_list.pk, coordinator.pk)
    assert Invitation.objects.count() == 1
    assert SentMail.objects.count() == 1


def test_a_list_whose_worker_was_stopped_goes_on(planned, coordinator):
    staff_list = planned("a@here.example,officer", "b@here.example,officer")
    staff_list.rows.filter(email="a@here.example").update(outcome="done")
    StaffList.objects.update(state="applying")
    apply_staff_list(staff_list, coordinator)
    assert [invitation.email for invitation in Invitation.objects.all()] == ["b@here.example"]


def test_one_who_is_no_longer_coordinator_applies_nothing(planned, coordinator):
    staff_list = planned("stranger@here.example,officer")
    coordinator.groups.clear()
    apply_rows.call(staff_list.pk, coordinator.pk)
    assert not Invitation.objects.exists()


def test_a_coordinator_cannot_change_an_administrator_by_list(planned, here):
    chief = User.objects.create_superuser("chief@here.example", "a long password", administration=here)
    assert fates(planned("chief@here.example,trainee")) == {"chief@here.example": "refused"}
    assert chief.is_superuser


def test_thousands_of_rows_take_a_bounded_number_of_queries(
    planned, coordinator, django_assert_max_num_queries
):
    rows = [f"p{number}@here.example,officer" for number in range(2_000)]
    with django_assert_max_num_queries(40):
        staff_list = planned(*rows)
    assert staff_list.rows.count() == 2_000


def test_many_rows_are_applied_too(planned, coordinator):
    staff_list = planned(*[f"p{number}@here.example,officer" for number in range(501)])
    assert apply_staff_list(staff_list, coordinator).state in {"applied", "applying"}
    assert Invitation.objects.count() == 501


def send(client, content: bytes, **fields):
    file = SimpleUploadedFile("staff.csv", content)
    return client.post("/en/accounts/people/lists/", {"file": file, **fields})


def test_a_file_is_sent_looked_at_and_applied_in_the_browser(client, coordinator):
    client.force_login(coordinator)
    response = send(client, b"email;role\na@here.example;officer\nnobody;officer\n")
    page = client.get(response.url).content.decode()
    assert "Will be invited" in page
    assert "This is not an e-mail address." in page
    assert "Apply 1 row" in page
    client.post(f"{response.url}apply/")
    assert "1 row is done." in client.get(response.url).content.decode()
    assert Invitation.objects.get().email == "a@here.example"


@pytest.mark.parametrize("content", [b"", b"\x00", b"PK\x03\x04", b"Hello"])
def test_a_file_that_is_no_list_is_refused_in_words(client, coordinator, content):
    client.force_login(coordinator)
    assert "something to correct" in send(client, content).content.decode()
    assert not StaffList.objects.exists()


def test_a_coordinator_sends_no_list_for_another_administration(client, coordinator, here, there):
    client.force_login(coordinator)
    send(client, b"email,role\na@x.example,officer\n", administration=there.pk)
    assert StaffList.objects.get().administration == here


def test_the_export_is_safe_and_can_be_sent_back(client, coordinator, here, planned):
    person = make_user("=cmd@here.example", ("officer", "trainer"), administration=here, last_name="Ok")
    User.objects.filter(pk=person.pk).update(first_name='=HYPERLINK("http://e.example")', last_name="\t+1")
    client.force_login(coordinator)
    response = client.get("/en/accounts/people/export/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    rows = {row.email: row.roles for row in read_staff_list(text.encode("utf-8-sig")).rows}
    assert rows["=cmd@here.example"] == ["officer", "trainer"]
    assert rows[coordinator.email] == ["coordinator"]


def test_the_export_holds_the_own_administration_only(client, coordinator, there):
    make_user("other@there.example", administration=there)
    client.force_login(coordinator)
    text = b"".join(client.get("/en/accounts/people/export/").streaming_content).decode()
    assert coordinator.email in text
    assert "other@there.example" not in text


def test_with_several_administrations_a_list_makes_no_trainers_and_says_why(planned, here, there):
    make_user("officer@here.example", ("officer",), administration=here)
    make_user("trainer@here.example", ("trainer",), administration=here)
    staff_list = planned(
        "stranger@here.example,officer+trainer",
        "officer@here.example,trainer",
        "trainer@here.example,trainer+expert",
    )
    assert [(row.fate, row.problem) for row in staff_list.rows.all()] == [
        ("refused", "not_yours"),
        ("refused", "not_yours"),
        ("change", ""),
    ]


def test_a_sign_up_elsewhere_that_nobody_has_proven_does_not_stop_an_invitation(planned, there):
    make_user("taken@here.example", (), administration=there, standing="waiting")
    assert fates(planned("taken@here.example,officer")) == {"taken@here.example": "invite"}


def test_asking_by_list_who_has_an_account_elsewhere_is_slowed(client, coordinator):
    client.force_login(coordinator)
    with mock.patch("django_ratelimit.core.time.time", return_value=time.time()):
        answers = [
            client.post(
                "/en/accounts/people/lists/",
                {"file": SimpleUploadedFile("staff.csv", b"email,role\na@there.example,officer\n")},
            )
            for _ in range(6)
        ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 302, 429]
    assert "Retry-After" in answers[-1]
