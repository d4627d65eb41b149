"""Who opened which sensitive record, how, and when. Rows are only added, and end with their retention."""

import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import FOR_COORDINATORS, ReachQuerySet

from .administrations import Administration

if TYPE_CHECKING:
    from .people import User


class AppendOnly(TypeError):  # noqa: N818
    """Somebody tried to change or delete what is only ever added to."""


class AccessLogQuerySet(ReachQuerySet):
    """Entries of the access log."""

    def note(
        self,
        reader: "User",
        kind: str,
        record: str,
        *,
        how: str,
        administration: Administration | int | None,
    ) -> None:
        """Write down that somebody opened a record; `administration` is the record's.

        Every page, answer of the API and export is an entry. The photos of a case are one entry an hour,
        because a page fetches all of them, and again for every look.
        """
        now = timezone.now()
        hour = now.replace(minute=0, second=0, microsecond=0) if how == AccessLogEntry.How.PHOTO else None
        entry = AccessLogEntry(
            reader=reader,
            administration_id=getattr(administration, "pk", administration),
            kind=kind,
            record=str(record),
            how=how,
            at=now,
            hour=hour,
        )
        self.bulk_create([entry], ignore_conflicts=True)

    def note_person(self, reader: "User", person: "User") -> None:
        """Write down that somebody opened a page about another person."""
        if person.pk != reader.pk:
            kind: Any = AccessLogEntry.Kind.PERSON
            how: Any = AccessLogEntry.How.PAGE
            self.note(reader, kind, str(person.pk), how=how, administration=person.administration_id)

    def expired(self, before: datetime.datetime) -> "AccessLogQuerySet":
        return self.filter(at__lt=before)

    def expire(self) -> int:
        """Delete these for good. For retention alone."""
        return self._raw_delete(self.db)

    def update(self, **_fields: Any) -> NoReturn:
        raise AppendOnly("The access log is only ever added to.")

    def bulk_update(self, *_args: Any, **_options: Any) -> NoReturn:
        raise AppendOnly("The access log is only ever added to.")

    def delete(self) -> NoReturn:
        raise AppendOnly("The access log is only ever added to.")


class AccessLogEntry(models.Model):
    """Somebody opened a sensitive record."""

    class Kind(models.TextChoices):
        CASE = "case", _("Identification")
        PERSON = "person", _("Person")
        EXPORT = "export", _("Export of data")

    class How(models.TextChoices):
        PAGE = "page", _("Page")
        PHOTO = "photo", _("Photos")
        API = "api", _("Program (API)")
        FILE = "file", _("File")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.PROTECT, related_name="accesses"
    )
    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration of the record"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    record = models.CharField(_("number of the record"), max_length=64)
    how = models.CharField(_("how"), max_length=8, choices=How)
    at = models.DateTimeField(_("when"), db_index=True)
    hour = models.DateTimeField(_("the hour, where one entry an hour is enough"), null=True, blank=True)

    reaches = FOR_COORDINATORS
    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the access log")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["administration", "-at"], name="access_log_of_administration")]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "kind", "record", "how", "hour"], name="access_noted_once_an_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.record}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("The access log is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly("The access log is only ever added to.")
