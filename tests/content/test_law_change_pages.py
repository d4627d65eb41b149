"""Where changes of law are read, entered and announced."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.law_changing import announce
from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions
from content.models import LawChange, LegalStatus
from tests.content.changes_of_law import days, make_change
from tests.factories import make_root, make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db

LIST = "/en/guide/law/"


@pytest.fixture
def administrator():
    return make_user(roles=(), is_superuser=True)


@pytest.fixture
def rosewood():
    return make_item("rosewood", {"en": "Rosewood", "fr": "Palissandre"}, kind="timber")


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestForReaders:
    def test_the_items_page_shows_it_as_not_yet_in_force(self, client, rosewood, administrator):
        announce(make_change(rosewood), administrator)
        page = text_of(client, "/en/guide/rosewood/")
        assert "The law changes on" in page
        assert "not yet in force" in page
        assert "In force from" in page

    def test_on_its_day_the_page_turns_by_itself(self, client, rosewood, administrator, monkeypatch):
        announce(make_change(rosewood), administrator)
        the_day = days(100)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_kwargs: the_day)
        page = text_of(client, "/en/guide/rosewood/")
        assert "not yet in force" not in page
        assert "In force since" in page
        assert "Rosewood goes" in text_of(client, LIST).split("In the last twelve months")[1]

    def test_a_planned_change_is_not_shown(self, client, rosewood):
        make_change(rosewood)
        assert "The law changes" not in text_of(client, "/en/guide/rosewood/")
        assert "Rosewood goes" not in text_of(client, LIST)

    def test_the_list_has_date_source_items_and_both_listings(self, client, rosewood, administrator):
        make_status(rosewood, "II", instrument="cites")
        provision = {"ends_listing": "II", "listing": "I", "populations": "BR"}
        announce(make_change(rosewood, kind="amended", provision=provision), administrator)
        page = text_of(client, LIST)
        for words in (
            "Rosewood goes into Appendix II",
            "CITES CoP20, proposal 47",
            "Brazil",
            '<a href="/en/guide/rosewood/">Rosewood</a>',
            "Until ",
            "Not verified yet",
        ):
            assert words in page

    def test_what_is_to_come_stands_before_what_has_changed(self, client, rosewood, administrator):
        announce(make_change(rosewood, day=-30, already_in_force=True, title_en="Past"), administrator)
        ebony = make_item("ebony", kind="timber")
        announce(make_change(ebony, title_en="To come"), administrator)
        page = text_of(client, LIST)
        assert page.index("Still to come") < page.index("To come</h3>") < page.index("Past</h3>")

    def test_what_changed_more_than_a_year_ago_is_left_out(self, client, rosewood, administrator):
        announce(make_change(rosewood, day=-400, already_in_force=True), administrator)
        assert "Nothing has changed." in text_of(client, LIST)

    def test_it_is_read_in_the_readers_language(self, client, rosewood, administrator):
        announce(make_change(rosewood), administrator)
        assert "Le palissandre passe à l’annexe II" in text_of(client, "/fr/guide/law/")
        assert '<span lang="en" dir="ltr">Rosewood goes' in text_of(client, "/ar/guide/law/")

    def test_the_number_of_queries_does_not_grow(self, client, rosewood, administrator):
        announce(make_change(rosewood), administrator)
        text_of(client, LIST)
        with CaptureQueriesContext(connection) as few:
            text_of(client, LIST)
        for number in range(5):
            announce(make_change(make_item(f"wood-{number}"), make_item(f"log-{number}")), administrator)
        with CaptureQueriesContext(connection) as many:
            text_of(client, LIST)
        assert len(many) == len(few)

    def test_a_printed_card_is_trusted_no_longer_than_the_law_stays(self, client, rosewood, administrator):
        make_status(rosewood, "II", instrument="cites")
        provision = {"ends_listing": "II", "listing": "I"}
        change = announce(make_change(rosewood, kind="amended", day=20, provision=provision), administrator)
        card = text_of(client, "/en/guide/rosewood/card/")
        day = change.last_day_before
        assert f"Check again after {day:%b}" in card or f"Check again after {day:%B} {day.day}" in card


class TestInTheAdmin:
    @pytest.fixture(autouse=True)
    def permissions(self) -> None:
        make_root()
        give_permissions(Ledger())

    @pytest.fixture
    def trainer(self, client):
        trainer = make_user(roles=("trainer",))
        client.force_login(trainer)
        return trainer

    def sent(self, *items, **fields: str) -> dict[str, str]:
        """What the browser sends for a change with one provision."""
        form = {
            "instrument": "cites",
            "kind": "new",
            "effective_on": days(100).isoformat(),
            "source": "CoP20",
            "as_of": days(0).isoformat(),
            "title_en": "Rosewood is listed",
            "explanation_en": "Ask for a permit.",
            "provisions-TOTAL_FORMS": "1",
            "provisions-INITIAL_FORMS": "0",
            "provisions-MIN_NUM_FORMS": "0",
            "provisions-MAX_NUM_FORMS": "1000",
            "provisions-0-id": "",
            "provisions-0-listing": "II",
            "provisions-0-condition_en": "All parts.",
            "provisions-0-places-TOTAL_FORMS": str(len(items)),
            "provisions-0-places-INITIAL_FORMS": "0",
            "provisions-0-places-MIN_NUM_FORMS": "0",
            "provisions-0-places-MAX_NUM_FORMS": "1000",
        }
        for number, item in enumerate(items):
            form[f"provisions-0-places-{number}-item"] = str(getattr(item, "pk", item))
        return form | fields

    def enter(self, client, *items, **fields: str):
        return client.post(reverse("wagtailsnippets_content_lawchange:add"), self.sent(*items, **fields))

    def test_a_trainer_enters_it_for_many_items_and_sees_what_it_touches(self, client, trainer, rosewood):
        ebony = make_item("ebony", kind="timber")
        response = self.enter(client, rosewood, ebony, title_fr="Le palissandre est inscrit")
        change = LawChange.objects.get()
        assert response.url == reverse("law_change", args=[change.pk])
        assert change.entered_by == trainer
        assert change.provisions.get().items == [rosewood, ebony]
        assert change.translation_state("title", "fr") == "complete"
        page = text_of(client, response.url)
        assert "Somebody else has to read and announce it" in page
        assert not LegalStatus.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"effective_on": "2020-01-01"}, "has passed"),
            ({"provisions-0-listing": ""}, "write the new listing"),
            ({"provisions-0-populations": "Brazil"}, "is no country"),
            ({"kind": "ends"}, "say which listing ends"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, trainer, rosewood, fields, says):
        page = self.enter(client, rosewood, **fields).content.decode()
        assert says in page
        assert "Rosewood is listed" in page
        assert "All parts." in page
        assert not LawChange.objects.exists()

    def test_an_unknown_item_is_refused(self, client, trainer):
        page = self.enter(client, 999_999).content.decode()
        assert "Select a valid choice" in page
        assert not LawChange.objects.exists()

    def test_a_trainer_can_not_announce(self, client, trainer, rosewood):
        change = make_change(rosewood)
        client.post(reverse("announce_law_change", args=[change.pk]))
        assert LawChange.objects.get().is_planned

    def test_an_administrator_announces_and_takes_back(self, client, administrator, rosewood):
        client.force_login(administrator)
        change = make_change(rosewood)
        page = text_of(client, reverse("law_change", args=[change.pk]))
        assert "I have read it: announce" in page
        client.post(reverse("announce_law_change", args=[change.pk]))
        assert LegalStatus.objects.get(item=rosewood).not_yet_in_force
        assert "Take it back" in text_of(client, reverse("law_change", args=[change.pk]))
        client.post(reverse("withdraw_law_change", args=[change.pk]))
        assert not LegalStatus.objects.filter(item=rosewood).exists()

    def test_what_was_edited_while_somebody_read_it_is_not_announced(self, client, administrator, rosewood):
        client.force_login(administrator)
        change = make_change(rosewood)
        address = reverse("announce_law_change", args=[change.pk])
        read = re.search(
            r'name="shown" value="(\w+)"', text_of(client, reverse("law_change", args=[change.pk]))
        )
        change.provisions.update(listing="I")
        page = client.post(address, {"shown": read[1]}, follow=True).text
        assert "Somebody else has just saved a version. Look at it" in page
        assert LawChange.objects.get().is_planned
        change.provisions.update(listing="II")
        client.post(address, {"shown": read[1]})
        assert not LawChange.objects.get().is_planned

    def test_what_is_announced_is_edited_no_more(self, client, trainer, administrator, rosewood):
        change = announce(make_change(rosewood), administrator)
        edit = reverse("wagtailsnippets_content_lawchange:edit", args=[change.pk])
        client.post(edit, self.sent(rosewood, title_en="Something else"))
        assert LawChange.objects.get().title_en == "Rosewood goes into Appendix II"
        delete = reverse("wagtailsnippets_content_lawchange:delete", args=[change.pk])
        client.post(delete)
        in_bulk = reverse("wagtail_bulk_action", args=["content", "lawchange", "delete"])
        client.post(f"{in_bulk}?id={change.pk}")
        assert LawChange.objects.exists()

    def test_the_page_says_why_it_can_not_be_announced(self, client, administrator, rosewood):
        client.force_login(administrator)
        change = make_change(rosewood, day=-1)
        page = text_of(client, reverse("law_change", args=[change.pk]))
        assert "has passed" in page
        assert "I have read it: announce" not in page

    def test_coordinators_do_not_see_what_is_planned(self, client, rosewood):
        client.force_login(make_user(roles=("coordinator",)))
        change = make_change(rosewood)
        response = client.get(reverse("law_change", args=[change.pk]))
        assert response.status_code == 302
