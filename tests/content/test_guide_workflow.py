"""Draft, read by an expert, published: and no way around the rules."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType

from accounts.models import Administration
from content.loading.ledger import Ledger
from content.loading.permissions import give_permissions, make_workflow
from content.models import LegalStatus, LookAlike, ReferenceItem
from tests.content.guide_form import filled_in
from tests.factories import make_root, make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db

ITEMS = "wagtailsnippets_content_referenceitem"


@pytest.fixture(autouse=True)
def rights(db) -> None:
    make_root()
    give_permissions(Ledger())
    make_workflow(Ledger())


def signed_in(*roles: str, **fields: object) -> Client:
    client = Client()
    client.force_login(make_user(roles=roles, **fields))
    return client


@pytest.fixture
def tusk(db) -> ReferenceItem:
    item = make_item("tusk", kind="product")
    make_status(item)
    return item


def edit(client: Client, item: ReferenceItem, action: str = "", **changes: object):
    address = reverse(f"{ITEMS}:edit", args=[item.pk])
    sent = filled_in(client.get(address)) | changes
    if action:
        sent[f"action-{action}"] = action
    return client.post(address, sent)


def submitted(item: ReferenceItem, **changes: object) -> ReferenceItem:
    """The item, submitted by a trainer."""
    assert edit(signed_in("trainer"), item, "submit", **changes).status_code == 302
    return ReferenceItem.objects.get(pk=item.pk)


def approve(client: Client, item: ReferenceItem):
    state = item.current_workflow_task_state
    address = reverse(f"{ITEMS}:workflow_action", args=[item.pk, "approve", state.pk])
    return client.post(address, {"comment": "Read."}, follow=True)


def live_summary(item: ReferenceItem) -> str:
    return ReferenceItem.objects.get(pk=item.pk).summary_en


def test_an_expert_approves_and_readers_see_it(tusk, client):
    waiting = submitted(tusk, summary_en="Submitted.")
    assert live_summary(tusk) != "Submitted."
    approve(signed_in("expert"), waiting)
    assert "Submitted." in client.get("/en/guide/tusk/").text
    assert not ReferenceItem.objects.get(pk=tusk.pk).has_unpublished_changes


def test_an_expert_finds_what_waits_and_asks_for_changes(tusk):
    expert = signed_in("expert")
    waiting = submitted(tusk)
    assert "Tusk" in expert.get("/admin/").text
    state = waiting.current_workflow_task_state
    expert.post(reverse(f"{ITEMS}:workflow_action", args=[tusk.pk, "reject", state.pk]), {"comment": "Why?"})
    assert waiting.workflow_states.get().status == "needs_changes"
    assert edit(signed_in("trainer"), tusk, "submit", summary_en="Better.").status_code == 302
    assert ReferenceItem.objects.get(pk=tusk.pk).workflow_in_progress


def test_trainers_do_not_approve(tusk):
    waiting = submitted(tusk, summary_en="Submitted.")
    approve(signed_in("trainer"), waiting)
    assert live_summary(tusk) != "Submitted."


def test_an_administrator_approves(tusk):
    waiting = submitted(tusk, summary_en="Submitted.")
    approve(signed_in(is_superuser=True), waiting)
    assert live_summary(tusk) == "Submitted."


class TestSeveralAdministrations:
    """Each makes its own experts, and the guide is everybody's."""

    @pytest.fixture(autouse=True)
    def two(self, db) -> None:
        for name in ("Here", "There"):
            Administration.objects.create(name=name)

    def test_an_expert_of_one_of_them_reads_and_does_not_publish(self, tusk):
        expert = signed_in("expert", administration=Administration.objects.first())
        waiting = submitted(tusk, summary_en="Submitted.")
        approve(expert, waiting)
        assert (
            expert.post(reverse(f"{ITEMS}:edit", args=[tusk.pk]), {"action-publish": "1"}).status_code == 302
        )
        assert live_summary(tusk) != "Submitted."
        assert "Tusk" in expert.get(reverse(f"{ITEMS}:list")).text

    def test_one_whom_an_administrator_made_a_trainer_does(self, tusk):
        waiting = submitted(tusk, summary_en="Submitted.")
        approve(signed_in("expert", "trainer", administration=Administration.objects.first()), waiting)
        assert live_summary(tusk) == "Submitted."


class TestNoWayAround:
    def test_publishing_a_revision_in_code(self, tusk):
        tusk.summary_en = ""
        revision = tusk.save_revision(clean=False)
        with pytest.raises(ValidationError, match="lacks its English words"):
            revision.publish()
        assert live_summary(tusk)

    def test_of_a_pair(self, tusk):
        pair = LookAlike.objects.create(key="p", first=tusk, second=make_item("bone"), deciding_en="Pits.")
        with pytest.raises(ValidationError, match="Add a mark"):
            pair.save_revision().publish()

    def test_approving_what_has_become_wrong_is_refused_in_words(self, tusk):
        """After it was submitted, another item was put above it and below it."""
        waiting = submitted(tusk, parent=make_item("ivory").pk)
        ReferenceItem.objects.filter(key="ivory").update(parent=tusk)
        response = approve(signed_in("expert"), waiting)
        assert "goes round in a circle: tusk &lt; ivory &lt; tusk" in response.text
        assert ReferenceItem.objects.get(pk=tusk.pk).workflow_in_progress

    def test_an_expert_who_publishes_at_once_is_told_why_not(self, tusk):
        LegalStatus.objects.update(condition_en="")
        response = edit(signed_in("expert"), tusk, "publish", summary_en="Typed.")
        assert "lacks its English words: what it depends on" in response.text
        assert "Typed." in response.text
        assert live_summary(tusk) != "Typed."

    @pytest.mark.parametrize("roles", [("trainer",), ("trainer", "expert")])
    @pytest.mark.parametrize("live", [True, False])
    def test_a_trainer_alone_deletes_only_what_no_reader_sees(self, roles, live):
        item = make_item("bone", live=live)
        stays = live and "expert" not in roles
        signed_in(*roles).post(reverse(f"{ITEMS}:delete", args=[item.pk]))
        assert ReferenceItem.objects.filter(pk=item.pk).exists() == stays

    def test_nor_in_bulk(self, tusk):
        in_bulk = reverse("wagtail_bulk_action", args=["content", "referenceitem", "delete"])
        signed_in("trainer").post(f"{in_bulk}?id={tusk.pk}")
        assert ReferenceItem.objects.filter(pk=tusk.pk).exists()
        signed_in("trainer", "expert").post(f"{in_bulk}?id={tusk.pk}")
        assert not ReferenceItem.objects.filter(pk=tusk.pk).exists()


class TestMadeOnce:
    def test_both_records_have_the_workflow(self):
        assert {row.content_type.model for row in WorkflowContentType.objects.all()} == {
            "referenceitem",
            "lookalike",
        }

    def test_what_an_administrator_changes_stays_so(self):
        WorkflowContentType.objects.all().delete()
        Workflow.objects.all().delete()
        Group.objects.get(name="expert").permissions.clear()
        ledger = Ledger()
        ledger.wrote("workflow:guide", "made")
        ledger.wrote("permissions:expert", "given")
        ledger.wrote("permissions:law-changes", "given")
        ledger.save()
        give_permissions(Ledger())
        make_workflow(Ledger())
        assert not Workflow.objects.exists()
        assert not Group.objects.get(name="expert").permissions.exists()
