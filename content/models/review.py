"""The step between a draft and readers: an expert reads it."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask

from accounts.models import User


class ExpertReading(GroupApprovalTask):
    """Approval by an expert whom this installation trusts with what everybody reads."""

    class Meta:
        verbose_name = _("reading by an expert")
        verbose_name_plural = _("readings by an expert")

    def _user_in_groups(self, user: User) -> bool:
        """What every decision of a GroupApprovalTask asks: who may edit, lock, approve and be shown it."""
        return user.may_approve_guide and super()._user_in_groups(user)

    @classmethod
    def get_description(cls) -> str:
        return _("An expert reads it. Where administrations share the site, one who is a trainer too.")
