"""What trainers and coordinators may do in the Wagtail admin."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from accounts.roles import Role

from .ledger import Ledger

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
RECORD_ACTIONS = ("add", "change", "delete", "view")
SHEET_ACTIONS = ("add", "change", "publish", "view")
RECORDS = ("advice", "hazard", "objective", "protocol", "question", "quiz", "referenceitem")


def give_permissions(ledger: Ledger) -> None:
    """Let trainers edit pages and records, and submit translations; and coordinators their country sheet.

    Done once: what an administrator withdraws later stays withdrawn.
    """
    _give_trainers(ledger)
    _give_trainers_photos(ledger)
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


def _give_law_changes(ledger: Ledger) -> None:
    """Trainers enter changes of law; experts read and announce them."""
    if ledger.knows("permissions:law-changes"):
        return
    ledger.wrote("permissions:law-changes", "given")
    given = {Role.TRAINER: RECORD_ACTIONS, Role.EXPERT: ("announce", "view")}
    for role, actions in given.items():
        codenames = [f"{action}_lawchange" for action in actions]
        Group.objects.get(name=role).permissions.add(*Permission.objects.filter(codename__in=codenames))
