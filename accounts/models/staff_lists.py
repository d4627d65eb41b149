"""A staff list that somebody has uploaded: what each row would do, and what it did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.access import FOR_COORDINATORS, ReachQuerySet
from accounts.roles import ONLY_ADMINISTRATORS_GRANT, role_names

from .administrations import Administration


class StaffList(models.Model):
    """One file. Its fates are shown first; what is applied is what was shown."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Not applied yet")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")

    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.PROTECT,
        related_name="staff_lists",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.CASCADE,
        related_name="staff_lists",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    file_name = models.CharField(_("file name"), max_length=255)
    # Neither UTF-8 nor UTF-16: read as Western European, and shown with a warning.
    guessed_encoding = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SHOWN)

    reaches = FOR_COORDINATORS
    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff list")
        verbose_name_plural = _("staff lists")
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class StaffListRow(models.Model):
    """One line of the file and its fate."""

    class Fate(models.TextChoices):
        INVITE = "invite", _("Will be invited")
        CHANGE = "change", _("Gets other roles")
        APPROVE = "approve", _("Waits here, will be approved")
        HERE = "here", _("Already here")
        INVITED = "invited", _("Already invited")
        TRANSFER = "transfer", _("Needs a transfer")
        REFUSED = "refused", pgettext_lazy("of a request", "Refused")

    # What applying the list does something about.
    ACTING = (Fate.INVITE, Fate.CHANGE, Fate.APPROVE)

    class Problem(models.TextChoices):
        EMAIL_MISSING = "email_missing", _("The e-mail address is missing.")
        EMAIL_WRONG = "email_wrong", _("This is not an e-mail address.")
        TWICE = "twice", _("The same e-mail address stands further up. Keep one of the two rows.")
        NAME_FORMULA = "name_formula", _("A name can't begin with =, +, - or @.")
        NAME_CONTROL = "name_control", _("A name is one line of letters. Take out what can't be seen.")
        NAME_LONG = "name_long", _("A name has at most 150 letters.")
        ROLE_MISSING = "role_missing", _("The role is missing.")
        ROLE_UNKNOWN = "role_unknown", _("There is no role of this name.")
        LANGUAGE_UNKNOWN = "language_unknown", _("There is no language of this name here.")
        CELLS = "cells", _("This row has more cells than the first one.")
        YOURSELF = "yourself", _("You can't change your own roles.")
        ADMINISTRATOR = "administrator", _("Only an administrator changes an administrator's account.")
        NOT_YOURS = "not_yours", ONLY_ADMINISTRATORS_GRANT
        INVITED_OTHERWISE = (
            "invited_otherwise",
            _("Already invited with other roles. Withdraw that invitation first."),
        )
        NOT_ASKED = "not_asked", _("This person has an account here, but has not asked for a role.")
        CLOSED = "closed", _("This account is closed. Reinstate it on the person's page first.")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        CHANGED = "changed", _("Not done: things are no longer as shown")

    staff_list = models.ForeignKey(StaffList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("line"))
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    roles = models.JSONField(_("roles"), default=list)
    roles_now = models.JSONField(_("roles now"), default=list)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    fate = models.CharField(_("fate"), max_length=10, choices=Fate)
    problem = models.CharField(_("what is wrong"), max_length=20, choices=Problem, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("row of a staff list")
        verbose_name_plural = _("rows of staff lists")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["staff_list", "number"], name="line_once_a_staff_list")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.email}"

    @property
    def roles_shown(self) -> str:
        return role_names(self.roles)

    @property
    def roles_now_shown(self) -> str:
        return role_names(self.roles_now)
