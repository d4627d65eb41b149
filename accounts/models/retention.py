"""How long each kind of record is kept."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.retention import kinds


class RetentionRule(models.Model):
    """The days for which this installation keeps a kind of record. Without a rule the product's own holds."""

    kind = models.CharField(_("kind of record"), max_length=40, unique=True)
    days = models.PositiveIntegerField(
        _("days"), null=True, blank=True, help_text=_("Leave empty to keep them for ever.")
    )

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind

    def clean(self) -> None:
        """Refuse a kind that nobody registered: the rule would do nothing."""
        known = sorted(kind.kind for kind in kinds())
        if self.kind not in known:
            raise ValidationError(
                {"kind": _("There is no such kind. Use one of: %(kinds)s.") % {"kinds": ", ".join(known)}}
            )
