"""What `load_content` wrote, so that it can tell its own words from an editor's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedValue(models.Model):
    """The digest of one value as the product's own files last set it."""

    key = models.CharField(_("key"), max_length=255, unique=True)
    digest = models.CharField(_("digest"), max_length=16)

    class Meta:
        verbose_name = _("loaded value")
        verbose_name_plural = _("loaded values")

    def __str__(self) -> str:
        return self.key
