"""What trainers, experts and coordinators may do in the Wagtail admin, and who reads a draft."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowContentType, WorkflowTask

from accounts.roles import Role
from content.models import ExpertReading, LookAlike, ReferenceItem

from .ledger import Ledger

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
RECORD_ACTIONS = ("add", "change", "delete", "view")
EXPERT_ACTIONS = ("change", "publish", "view")
READ_BY_EXPERTS = ("lookalike", "referenceitem")
SHEET_ACTIONS = ("add", "change", "publish", "view")
RECORDS = ("advice", "hazard", "objective", "protocol", "question", "quiz", "referenceitem")


def give_permissions(ledger: Ledger) -> None:
    """Let trainers edit pages and records, experts read and publish, and coordinators edit their sheet.

    Done once: what an administrator withdraws later stays withdrawn.
    """
    _give_trainers(ledger)
    _give_trainers_photos(ledger)
    _give_trainers_look_alikes(ledger)
    _give_experts(ledger)
    _give_coordinators(ledger)
    _give_law_changes(ledger)


def _give_coordinators(ledger: Ledger) -> None:
    """Which sheet is theirs, CountrySheetQuerySet.edited_by says."""
    if ledger.knows("permissions:coordinator"):
        return
    ledger.wrote("permissions:coordinator", "given")
    coordinators = Group.objects.get(name=Role.COORDINATOR)
    codenames = ["access_admin", *(f"{action}_countrysheet" for action in SHEET_ACTIONS)]
    coordinators.permissions.add(*Permission.objects.filter(codename__in=codenames))


def _give_trainers(ledger: Ledger) -> None:
    if ledger.knows("permissions:trainer"):
        return
    ledger.wrote("permissions:trainer", "given")
    trainers = Group.objects.get(name=Role.TRAINER)
    codenames = ["access_admin", "submit_translation"]
    codenames += [f"{action}_{record}" for action in RECORD_ACTIONS for record in RECORDS]
    trainers.permissions.add(*Permission.objects.filter(codename__in=codenames))
    root = Page.get_first_root_node()
    for codename in PAGE_PERMISSIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=trainers, page=root, permission=permission)


def _give_trainers_photos(ledger: Ledger) -> None:
    if ledger.knows("permissions:trainer:photos"):
        return
    ledger.wrote("permissions:trainer:photos", "given")
    codenames = [f"{action}_referencephoto" for action in (*RECORD_ACTIONS, "publish")]
    Group.objects.get(name=Role.TRAINER).permissions.add(*Permission.objects.filter(codename__in=codenames))


def _give_trainers_look_alikes(ledger: Ledger) -> None:
    """Trainers draft and submit. What readers see, an expert has read."""
    if ledger.knows("permissions:trainer:look-alikes"):
        return
    ledger.wrote("permissions:trainer:look-alikes", "given")
    codenames = [f"{action}_lookalike" for action in RECORD_ACTIONS]
    Group.objects.get(name=Role.TRAINER).permissions.add(*Permission.objects.filter(codename__in=codenames))


def _give_experts(ledger: Ledger) -> None:
    """Which experts these rights really reach, User.may_approve_guide says."""
    if ledger.knows("permissions:expert"):
        return
    ledger.wrote("permissions:expert", "given")
    codenames = [
        "access_admin",
        *(f"{action}_{record}" for action in EXPERT_ACTIONS for record in READ_BY_EXPERTS),
    ]
    Group.objects.get(name=Role.EXPERT).permissions.add(*Permission.objects.filter(codename__in=codenames))


def make_workflow(ledger: Ledger) -> None:
    """Draft, read by an expert, published. Made once: what an administrator changes later stays so."""
    if ledger.knows("workflow:guide"):
        return
    ledger.wrote("workflow:guide", "made")
    task = ExpertReading.objects.create(name="Read by an expert")
    task.groups.add(Group.objects.get(name=Role.EXPERT))
    workflow = Workflow.objects.create(name="Guide: read by an expert, then published")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for model in (ReferenceItem, LookAlike):
        # An administrator may have given the record another workflow already.
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )


def _give_law_changes(ledger: Ledger) -> None:
    """Trainers enter changes of law; experts read and announce them."""
    if ledger.knows("permissions:law-changes"):
        return
    ledger.wrote("permissions:law-changes", "given")
    given = {Role.TRAINER: RECORD_ACTIONS, Role.EXPERT: ("announce", "view")}
    for role, actions in given.items():
        codenames = [f"{action}_lawchange" for action in actions]
        Group.objects.get(name=role).permissions.add(*Permission.objects.filter(codename__in=codenames))
