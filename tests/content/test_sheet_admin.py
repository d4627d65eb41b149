"""The country sheet in the admin: a coordinator's own, whole; another administration's is not found."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.log_actions import log

from accounts.models import User
from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions
from content.models import CountrySheet
from tests.factories import make_user
from tests.sheets import make_administration, make_sheet

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_content_countrysheet"


@pytest.fixture(autouse=True)
def permissions() -> None:
    give_permissions(Ledger())


@pytest.fixture
def coordinator():
    return make_user(roles=("coordinator",), administration=make_administration(name="Customs of Here"))


@pytest.fixture
def own(coordinator):
    return make_sheet(coordinator.administration)


@pytest.fixture
def other():
    return make_sheet(make_administration(name="Customs of There"))


@pytest.fixture
def admin(client, coordinator):
    client.force_login(coordinator)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def addresses_with_an_id() -> list[str]:
    return sorted(
        pattern.name
        for pattern in CountrySheet.snippet_viewset.get_urlpatterns()
        if "pk" in str(pattern.pattern)
    )


def form(**fields: str) -> dict[str, str]:
    """What the browser sends for a sheet with one number."""
    sent = {
        "language": "en",
        "as_of": "2026-11-20",
        "check_again_after": "2999-01-01",
        "live_animals": "",
        "waste": "",
        "cylinders": "",
    }
    for part, rows in {"authorities": 1, "rules": 0, "tariff_lines": 0}.items():
        sent |= {
            f"{part}-TOTAL_FORMS": str(rows),
            f"{part}-INITIAL_FORMS": "0",
            f"{part}-MIN_NUM_FORMS": "0",
            f"{part}-MAX_NUM_FORMS": "1000",
        }
    first = {
        "role": "duty",
        "name": "Desk",
        "telephone": "+12025550142",
        "hours": "Always",
        "night_telephone": "",
        "night_hours": "",
        "email": "",
        "address": "",
        "verified_on": "",
        "id": "",
        "ORDER": "1",
        "DELETE": "",
    }
    return sent | {f"authorities-0-{name}": value for name, value in first.items()} | fields


def test_the_list_holds_the_own_sheet_only(admin, own, other):
    text = admin.get(address("list")).text

    assert "Customs of Here" in text
    assert "Customs of There" not in text


def test_every_address_with_an_id_finds_only_the_own_sheet(admin, own, other):
    revisions = {sheet: sheet.save_revision() for sheet in (own, other)}
    names = addresses_with_an_id()
    assert {"edit", "history", "preview_on_edit", "unpublish", "revisions_view", "usage"} <= set(names)

    def answers(sheet: CountrySheet) -> dict[str, int]:
        revision = revisions[sheet].pk
        args = {
            "revisions_compare": (sheet.pk, "earliest", "latest"),
            **dict.fromkeys(
                ("revisions_view", "revisions_revert", "revisions_unschedule"), (sheet.pk, revision)
            ),
        }
        return {name: admin.get(address(name, *args.get(name, (sheet.pk,)))).status_code for name in names}

    assert set(answers(other).values()) == {404}
    assert answers(own)["edit"] == answers(own)["history"] == answers(own)["revisions_view"] == 200


def test_another_sheet_is_not_changed_by_a_form_sent_to_it(admin, other):
    assert admin.post(address("edit", other.pk), form(waste="x")).status_code == 404
    assert admin.post(address("unpublish", other.pk)).status_code == 404

    other.refresh_from_db()
    assert other.live
    assert not other.has_unpublished_changes


def test_a_new_sheet_is_the_coordinators_own_and_starts_as_a_draft(admin, coordinator, other):
    response = admin.post(address("add"), form(administration=str(other.administration_id)))

    sheet = CountrySheet.objects.exclude(pk=other.pk).get()
    assert response.status_code == 302
    assert sheet.administration == coordinator.administration
    assert not sheet.live
    assert not CountrySheet.objects.read_by(coordinator).exists()


def test_publishing_shows_it_to_the_administration(admin, coordinator):
    admin.post(address("add"), form(**{"action-publish": "1"}))

    sheet = CountrySheet.objects.read_by(coordinator).get()
    assert [one.telephone for one in sheet.authorities.all()] == ["+1 202-555-0142"]


def test_a_draft_of_a_published_sheet_waits(admin, coordinator, own):
    admin.post(address("edit", own.pk), form(waste="New words"))

    assert CountrySheet.objects.read_by(coordinator).get().waste == ""

    admin.post(address("edit", own.pk), form(**{"waste": "New words", "action-publish": "1"}))

    assert CountrySheet.objects.read_by(coordinator).get().waste == "New words"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(admin):
    response = admin.post(
        address("add"), form(**{"authorities-0-telephone": "0044 1", "waste": "Typed", "action-publish": "1"})
    )

    assert response.status_code == 200
    assert "Write the number with +" in response.text
    assert "Typed" in response.text
    assert not CountrySheet.objects.exists()


@pytest.mark.parametrize("field", ["live_animals", "waste", "cylinders"])
def test_nobody_reads_an_instruction_of_more_than_20_000_characters(admin, field):
    assert "20000" in admin.post(address("add"), form(**{field: "x" * 20_001})).text
    assert not CountrySheet.objects.exists()


def test_a_second_sheet_is_refused_in_words(admin, own):
    response = admin.post(address("add"), form())

    assert "This administration already has a sheet. Edit that one." in response.text
    assert CountrySheet.objects.count() == 1


def test_who_belongs_nowhere_is_told_so(client):
    client.force_login(make_user(roles=("coordinator",)))

    assert "You belong to no administration yet." in client.post(address("add"), form()).text
    assert not CountrySheet.objects.exists()


def test_a_preview_shows_the_draft(admin, own):
    admin.post(address("preview_on_edit", own.pk), form(waste="Only in the draft"))
    text = admin.get(address("preview_on_edit", own.pk)).text

    assert "Only in the draft" in text
    assert "tel:+1-202-555-0142" in text


def test_an_administrator_edits_every_sheet_and_chooses_the_administration(client, own, other):
    client.force_login(User.objects.create_superuser("root@example.org", "x"))

    assert client.get(address("edit", other.pk)).status_code == 200
    assert 'name="administration"' in client.get(address("add")).text
    text = client.get(address("list")).text
    assert "Customs of Here" in text and "Customs of There" in text


def test_a_coordinator_who_waits_after_a_transfer_edits_nothing(admin, coordinator, own):
    coordinator.standing = User.Standing.WAITING
    coordinator.save()

    assert admin.get(address("edit", own.pk)).status_code == 403


@pytest.mark.parametrize("role", ["trainee", "officer", "expert", "trainer"])
def test_other_roles_don_t_edit_sheets(client, own, coordinator, role):
    client.force_login(make_user(roles=(role,), administration=coordinator.administration))

    turned_away = {302} if role in ("trainer", "expert") else {403}
    assert client.get(address("edit", own.pk)).status_code in turned_away
    assert client.post(address("edit", own.pk), form(waste="x")).status_code in turned_away
    own.refresh_from_db()
    assert not own.has_unpublished_changes


def test_coordinators_may_edit_nothing_else(coordinator):
    models = {
        permission.content_type.model
        for permission in Permission.objects.filter(group__name="coordinator").select_related("content_type")
    }

    assert models == {"admin", "countrysheet"}
    assert not coordinator.has_perm("content.delete_countrysheet")


def test_permissions_that_were_withdrawn_stay_withdrawn(coordinator):
    ledger = Ledger()
    give_permissions(ledger)
    ledger.save()
    coordinator.groups.get().permissions.clear()

    give_permissions(Ledger())

    assert not coordinator.groups.get().permissions.exists()


def test_the_report_of_all_changes_names_no_other_administration(admin, coordinator, own, other, client):
    for sheet in (own, other):
        log(
            sheet,
            "wagtail.edit",
            user=make_user(first_name=f"Editor of {sheet}", administration=sheet.administration),
        )

    text = admin.get("/admin/reports/site-history/").text

    assert "Editor of Customs of Here" in text
    assert "Customs of There" not in text


def test_there_is_no_chooser_that_would_list_all_sheets(admin, other):
    assert admin.get("/admin/snippets/choose/content/hazard/").status_code == 200
    assert admin.get("/admin/snippets/choose/content/countrysheet/").status_code == 404
