"""Chainable questions to people, requests and invitations. Who may see them: `reaches` of the models."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.access import ReachQuerySet
from accounts.roles import Role

if TYPE_CHECKING:
    from accounts.models import Administration


class PersonQuerySet(ReachQuerySet):
    """People."""

    def found_by(self, words: str) -> "PersonQuerySet":
        """Every word stands in the name or the e-mail address."""
        people = self
        for word in words.split():
            people = people.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        return people

    def unproven(self) -> "PersonQuerySet":
        """Sign-ups of which nobody has shown yet that they read the address: anybody may have typed it.

        Without a mail server nothing shows it, so that there nobody is passed over.
        """
        if not settings.MAIL_SERVER_SET:
            return self.none()
        waiting = self.filter(standing="waiting", is_superuser=False, standing_changes=None)
        return waiting.exclude(emailaddress__verified=True)

    def with_role(self, role: Any) -> "PersonQuerySet":
        return self.filter(groups__name=role)

    def coordinators_of(self, administration: "Administration | None") -> "PersonQuerySet":
        """Those who can decide now."""
        return self.with_role(Role.COORDINATOR).filter(
            standing="approved", administration=administration, administration__isnull=False
        )

    def administrators(self) -> "PersonQuerySet":
        """Those who decide where an administration has no coordinator."""
        return self.filter(is_superuser=True, standing="approved")

    def deciding_for(self, administration: "Administration | None") -> "PersonQuerySet":
        """The coordinators; where there are none, the administrators."""
        coordinators = self.coordinators_of(administration)
        return coordinators if coordinators.exists() else self.administrators()


class AccessRequestQuerySet(ReachQuerySet):
    """Requests for a role."""

    def waiting(self) -> "AccessRequestQuerySet":
        return self.filter(state="waiting")


class InvitationQuerySet(ReachQuerySet):
    """Invitations, by whether they can still be used."""

    def unused(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; the end date may have passed."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def usable(self) -> "InvitationQuerySet":
        return self.unused().filter(expires_at__gt=timezone.now())


class AppendOnlyQuerySet(ReachQuerySet):
    """Rows that are written once: a history nobody may correct afterwards."""

    def forget_reasons(self) -> int:
        """Take away what was written about a person; what was done stays. For erasure alone."""
        return super().update(reason="")

    def update(self, **fields: object) -> int:
        """Always raises TypeError."""
        raise TypeError("This record is only added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Always raises TypeError."""
        raise TypeError("This record is only added to.")
