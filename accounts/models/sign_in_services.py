"""Where an administration's people sign in with the administration's own account (OpenID Connect)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .administrations import Administration

LOOPBACK = ("http://127.0.0.1", "http://localhost")


def validate_issuer(address: str) -> None:
    """Secrets and people's names travel there: HTTPS, unless it is this machine."""
    if not address.startswith(("https://", *LOOPBACK)):
        raise ValidationError(_("The address has to start with https://."), code="insecure")


class SignInService(models.Model):
    """An OpenID Connect provider. It vouches for people of its one administration, and for nobody else."""

    administration = models.ForeignKey(
        Administration,
        verbose_name=_("administration"),
        on_delete=models.CASCADE,
        related_name="sign_in_services",
    )
    key = models.SlugField(
        _("key"),
        unique=True,
        help_text=_("The service sends people back to /en/accounts/oidc/KEY/login/callback/ of this site."),
    )
    name = models.CharField(_("name on the button"), max_length=40)
    issuer = models.CharField(
        _("issuer"),
        max_length=300,
        validators=[validate_issuer],
        help_text=_("The service's address. Its settings are read below it."),
    )
    client_id = models.CharField(_("client ID"), max_length=191)
    secret = models.CharField(_("client secret"), max_length=191, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("sign-in service")
        verbose_name_plural = _("sign-in services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def vouches_for(self, person: Any) -> bool:
        """Whether it may sign in this person: of its own administration, and no administrator of the site."""
        return person.administration_id == self.administration_id and not person.is_superuser
