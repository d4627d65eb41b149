from .administrations import Administration
from .invitations import Invitation
from .mails import SentMail
from .people import User, UserManager
from .requests import AccessRequest
from .staff_lists import StaffList, StaffListRow
from .standing import StandingChange
from .tokens import ApiToken

__all__ = [
    "AccessRequest",
    "Administration",
    "ApiToken",
    "Invitation",
    "SentMail",
    "StaffList",
    "StaffListRow",
    "StandingChange",
    "User",
    "UserManager",
]
