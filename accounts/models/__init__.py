from .access_log import AccessLogEntry
from .administrations import Administration
from .invitations import Invitation
from .mails import SentMail
from .people import User, UserManager
from .requests import AccessRequest
from .retention import RetentionRule
from .staff_lists import StaffList, StaffListRow
from .standing import StandingChange
from .tokens import ApiToken

__all__ = [
    "AccessLogEntry",
    "AccessRequest",
    "Administration",
    "ApiToken",
    "Invitation",
    "RetentionRule",
    "SentMail",
    "StaffList",
    "StaffListRow",
    "StandingChange",
    "User",
    "UserManager",
]
