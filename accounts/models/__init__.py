from .access_log import AccessLogEntry
from .administrations import Administration
from .invitations import Invitation
from .mails import SentMail
from .people import User, UserManager
from .requests import AccessRequest
from .retention import RetentionRule
from .sign_in_services import SignInService
from .staff_lists import StaffList, StaffListRow
from .standing import StandingChange
from .tokens import ApiToken, Scope

__all__ = [
    "AccessLogEntry",
    "AccessRequest",
    "Administration",
    "ApiToken",
    "Invitation",
    "RetentionRule",
    "Scope",
    "SentMail",
    "SignInService",
    "StaffList",
    "StaffListRow",
    "StandingChange",
    "User",
    "UserManager",
]
