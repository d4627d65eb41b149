"""A change of law is entered once and ahead of time; it takes effect by itself, and survives old drafts."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from wagtail.log_actions import log

from accounts.models import Administration
from content.law_changing import LawChangeRefused, announce, confirm_reading, withdraw
from content.law_rules import problems_of_change
from content.legal import law_then
from content.models import LawChange, LegalStatus, ReferenceItem
from tests.content.changes_of_law import add_provision, days, make_change
from tests.factories import make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return may_announce(make_user(roles=("expert",)))


@pytest.fixture
def rosewood() -> ReferenceItem:
    return make_item("rosewood", kind="timber")


def may_announce(person):
    person.user_permissions.add(Permission.objects.get(codename="announce_lawchange"))
    return person


def law_on(item: ReferenceItem, day: datetime.date) -> set[str]:
    """The listings in force on a day."""
    shown = law_then([status.as_it_stands() for status in LegalStatus.objects.filter(item=item)], day)
    return {one.label for one in shown if not (one.not_yet_in_force or one.ended)}


def in_appendix(item: ReferenceItem, listing: str, **fields: object) -> LegalStatus:
    return make_status(item, listing, instrument="cites", condition_en="All populations.", **fields)


class TestWhatAnnouncingDoes:
    def test_a_new_listing_begins_by_itself_on_its_day(self, rosewood, expert):
        announce(make_change(rosewood, day=100), expert)
        assert law_on(rosewood, days(99)) == set()
        assert law_on(rosewood, days(100)) == {"CITES II"}

    def test_one_entry_changes_many_items(self, rosewood, expert):
        ebony = make_item("ebony", kind="timber")
        announce(make_change(rosewood, ebony), expert)
        assert law_on(rosewood, days(100)) == law_on(ebony, days(100)) == {"CITES II"}

    def test_an_amended_listing_takes_the_place_of_the_old_one(self, rosewood, expert):
        in_appendix(rosewood, "II")
        provision = {"ends_listing": "II", "listing": "I"}
        announce(make_change(rosewood, kind="amended", provision=provision), expert)
        assert law_on(rosewood, days(99)) == {"CITES II"}
        assert law_on(rosewood, days(100)) == {"CITES I"}

    def test_a_listing_ends_with_the_day_before(self, rosewood, expert):
        old = in_appendix(rosewood, "II")
        announce(make_change(rosewood, kind="ends", provision={"ends_listing": "II"}), expert)
        old.refresh_from_db()
        assert old.in_force_until == days(99)
        assert law_on(rosewood, days(100)) == set()

    def test_what_was_in_no_list_can_be_listed(self, rosewood, expert):
        in_appendix(rosewood, "")
        provision = {"ends_listing": "none", "listing": "III"}
        announce(make_change(rosewood, kind="amended", provision=provision), expert)
        assert law_on(rosewood, days(99)) == {"CITES"}
        assert law_on(rosewood, days(100)) == {"CITES III"}

    def test_the_new_listing_has_everything_that_was_entered(self, rosewood, expert):
        provision = {
            "annotation": "#15",
            "taxa": "Dalbergia nigra\nDalbergia cochinchinensis\n",
            "populations": "br, mx",
            "populations_excluded": True,
            "condition_en": "Logs and sawn wood.",
            "condition_zh_hans": "原木和锯材。",
        }
        change = make_change(rosewood, provision=provision)
        announce(change, expert)
        status = LegalStatus.objects.get(item=rosewood)
        assert (status.annotation, status.taxa) == ("#15", ["Dalbergia nigra", "Dalbergia cochinchinensis"])
        assert (status.populations, status.populations_excluded) == (["BR", "MX"], True)
        assert status.words("condition", "zh-hans") == "原木和锯材。"
        assert (status.source, status.as_of) == (change.source, change.as_of)

    def test_a_change_entered_after_its_day_is_in_effect_at_once(self, rosewood, expert):
        change = announce(make_change(rosewood, day=-5, already_in_force=True), expert)
        assert change.state == LawChange.State.IN_EFFECT
        assert law_on(rosewood, days(-5)) == {"CITES II"}

    def test_a_new_scientific_name_is_found_by_searching(self, rosewood, expert):
        announce(make_change(rosewood, provision={"taxa": "Dalbergia nigra"}), expert)
        assert rosewood.search_terms.filter(word="nigra").exists()


class TestWhoAnnounces:
    def test_a_trainer_enters_and_does_not_announce(self, rosewood):
        with pytest.raises(LawChangeRefused, match="An expert or an administrator"):
            announce(make_change(rosewood), make_user(roles=("trainer",)))
        assert law_on(rosewood, days(100)) == set()

    def test_nobody_announces_what_they_entered_themselves(self, rosewood, expert):
        with pytest.raises(LawChangeRefused, match="Somebody else"):
            announce(make_change(rosewood, entered_by=expert), expert)

    def test_nobody_announces_what_they_have_edited(self, rosewood, expert):
        change = make_change(rosewood, entered_by=make_user(roles=("trainer",)))
        log(instance=change, action="wagtail.edit", user=expert)
        with pytest.raises(LawChangeRefused, match="Somebody else has to read"):
            announce(change, expert)

    def test_an_expert_whom_one_administration_of_several_made_does_not(self, rosewood):
        """The law is everybody's: what it says is not for one administration to change."""
        here, _there = (Administration.objects.create(name=name) for name in ("Here", "There"))
        theirs = may_announce(make_user(roles=("expert",), administration=here))
        change = make_change(rosewood)
        with pytest.raises(LawChangeRefused):
            announce(change, theirs)
        change = announce(change, make_user(roles=(), is_superuser=True))
        for action in (withdraw, confirm_reading):
            with pytest.raises(LawChangeRefused):
                action(change, theirs)
        trusted = may_announce(make_user(roles=("expert", "trainer"), administration=here))
        assert withdraw(change, trusted).state == "withdrawn"

    def test_what_an_expert_announces_is_verified(self, rosewood, expert):
        announce(make_change(rosewood), expert)
        assert LegalStatus.objects.get(item=rosewood).verified

    def test_what_an_administrator_announces_waits_for_an_expert(self, rosewood, expert):
        change = announce(make_change(rosewood), make_user(roles=(), is_superuser=True))
        assert not LegalStatus.objects.get(item=rosewood).verified
        confirm_reading(change, expert)
        assert LegalStatus.objects.get(item=rosewood).verified

    def test_it_is_announced_once(self, rosewood, expert):
        change = announce(make_change(rosewood), expert)
        with pytest.raises(LawChangeRefused, match="already"):
            announce(change, expert)
        assert LegalStatus.objects.filter(item=rosewood).count() == 1


class TestTakingBack:
    def test_everything_is_as_before(self, rosewood, expert):
        in_appendix(rosewood, "II", in_force_until=days(500))
        provision = {"ends_listing": "II", "listing": "I"}
        change = announce(make_change(rosewood, kind="amended", provision=provision), expert)
        change = withdraw(change, expert)
        assert change.state == LawChange.State.WITHDRAWN
        assert LegalStatus.objects.get(item=rosewood).in_force_until == days(500)

    def test_not_once_its_day_has_come(self, rosewood, expert):
        change = announce(make_change(rosewood, day=0), expert)
        with pytest.raises(LawChangeRefused, match="before its day"):
            withdraw(change, expert)


class TestDrafts:
    """Publishing a draft that was written before the change does not undo the change."""

    @pytest.fixture
    def drafted(self, rosewood):
        """An item with a listing, published from a draft, and with a later draft that nobody published."""
        in_appendix(rosewood, "II")
        rosewood = ReferenceItem.objects.get(pk=rosewood.pk)
        rosewood.save_revision().publish()
        rosewood.summary_en = "A better summary."
        rosewood.save_revision()
        return ReferenceItem.objects.get(pk=rosewood.pk)

    @pytest.fixture
    def change(self, drafted, expert):
        provision = {"ends_listing": "II", "listing": "I"}
        return announce(make_change(drafted, kind="amended", provision=provision), expert)

    def test_the_draft_shows_the_change_to_who_edits_it(self, drafted, change):
        draft = ReferenceItem.objects.get(pk=drafted.pk).get_latest_revision_as_object()
        assert draft.summary_en == "A better summary."
        assert [(one.listing, one.in_force_until) for one in draft.statuses.all()] == [
            ("II", days(99)),
            ("I", None),
        ]

    def test_the_draft_is_still_to_be_published(self, drafted, change):
        assert ReferenceItem.objects.get(pk=drafted.pk).has_unpublished_changes

    def test_the_draft_can_be_published(self, drafted, change):
        drafted.latest_revision.publish()
        assert law_on(drafted, days(99)) == {"CITES II"}
        assert law_on(drafted, days(100)) == {"CITES I"}
        assert ReferenceItem.objects.get(pk=drafted.pk).summary_en == "A better summary."

    def test_going_back_to_an_old_draft_keeps_the_change(self, drafted, change):
        oldest = drafted.revisions.order_by("pk").first()
        content = {**oldest.content}
        content["statuses"] = [
            {**row, "in_force_until": None} for row in content["statuses"] if row["listing"] == "II"
        ]
        drafted.revisions.filter(pk=oldest.pk).update(content=content)
        drafted.revisions.get(pk=oldest.pk).publish()
        assert law_on(drafted, days(99)) == {"CITES II"}
        assert law_on(drafted, days(100)) == {"CITES I"}

    def test_a_correction_made_after_the_change_stays(self, drafted, change):
        draft = ReferenceItem.objects.get(pk=drafted.pk).get_latest_revision_as_object()
        for status in draft.statuses.all():
            if status.listing == "I":
                status.annotation = "#15"
        draft.save_revision().publish()
        assert LegalStatus.objects.get(item=drafted, listing="I").annotation == "#15"

    def test_taking_back_takes_it_out_of_the_draft(self, drafted, change, expert):
        withdraw(change, expert)
        draft = ReferenceItem.objects.get(pk=drafted.pk).get_latest_revision_as_object()
        assert [(one.listing, one.in_force_until) for one in draft.statuses.all()] == [("II", None)]


class TestWhatIsRefused:
    """Each with a sentence that says what to do; a change that is refused changes nothing."""

    def problems(self, *args: object, **fields: object) -> str:
        return " ".join(problems_of_change(make_change(*args, **fields)))

    def test_a_day_that_has_passed(self, rosewood):
        assert "has passed" in self.problems(rosewood, day=-1)

    def test_in_force_already_on_a_day_to_come(self, rosewood):
        assert "still to come" in self.problems(rosewood, day=1, already_in_force=True)

    def test_a_source_read_on_a_day_to_come(self, rosewood):
        assert "a day to come" in self.problems(rosewood, as_of=days(1))

    def test_a_change_of_nothing(self):
        assert "choose the items" in self.problems()
        change = make_change()
        change.provisions.all().delete()
        assert "add at least one listing" in " ".join(problems_of_change(change))

    def test_an_item_named_twice(self, rosewood):
        assert "twice" in self.problems(rosewood, rosewood)

    def test_a_listing_without_words(self, rosewood):
        assert "never a bare appendix" in self.problems(rosewood, provision={"condition_en": ""})

    def test_a_country_that_is_none(self, rosewood):
        assert "XQ is no country" in self.problems(rosewood, provision={"populations": "BR XQ"})

    def test_the_end_of_a_listing_that_is_not_there(self, rosewood):
        found = self.problems(rosewood, kind="ends", provision={"ends_listing": "I"})
        assert "“Rosewood” has no listing CITES I" in found

    def test_the_end_of_one_of_several_listings(self, rosewood):
        in_appendix(rosewood, "II", taxa=["Dalbergia nigra"])
        second = in_appendix(rosewood, "II", taxa=["Dalbergia retusa"])
        provision = {"ends_listing": "II"}
        assert "Write the key" in self.problems(rosewood, kind="ends", provision=provision)
        provision["ends_key"] = second.key
        assert not self.problems(rosewood, kind="ends", provision=provision)

    def test_an_end_before_the_beginning(self, rosewood):
        in_appendix(rosewood, "II", in_force_from=days(200))
        found = self.problems(rosewood, kind="ends", provision={"ends_listing": "II"})
        assert "end before it begins" in found

    def test_two_listings_of_one_species_on_one_day(self, rosewood):
        in_appendix(rosewood, "I", taxa=["Dalbergia nigra"])
        found = self.problems(rosewood, provision={"taxa": "Dalbergia nigra"})
        assert "CITES II and CITES I would hold on the same day" in found

    def test_two_changes_that_contradict_each_other(self, rosewood):
        make_change(rosewood, provision={"listing": "I"})
        assert "CITES II and CITES I would hold on the same day" in self.problems(rosewood)

    def test_the_same_change_twice(self, rosewood):
        make_change(rosewood)
        assert "already, by the change “Rosewood goes into Appendix II”" in self.problems(rosewood)

    def test_a_refused_change_writes_nothing(self, rosewood, expert):
        change = make_change(rosewood, day=-1)
        with pytest.raises(LawChangeRefused):
            announce(change, expert)
        assert not LegalStatus.objects.filter(item=rosewood).exists()
        assert LawChange.objects.get().is_planned


class TestWhatIsNotRefused:
    def test_a_listing_split_by_population(self, rosewood):
        change = make_change(rosewood, provision={"listing": "I", "populations": "BR", "taxa": "D. nigra"})
        add_provision(
            change,
            rosewood,
            listing="II",
            populations="BR",
            populations_excluded=True,
            taxa="D. nigra",
            condition_en="All parts.",
        )
        assert problems_of_change(change) == []

    def test_another_species_of_the_same_item(self, rosewood):
        in_appendix(rosewood, "I", taxa=["Dalbergia nigra"])
        assert problems_of_change(make_change(rosewood, provision={"taxa": "Dalbergia retusa"})) == []
