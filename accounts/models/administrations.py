"""The customs administrations that people work for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Administration(models.Model):
    """A customs administration."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    country = models.CharField(_("country code (ISO 3166-1 alpha-2)"), max_length=2, blank=True)
    is_example = models.BooleanField(_("invented, for demonstration"), default=False)

    class Meta:
        verbose_name = _("administration")
        verbose_name_plural = _("administrations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
