from .administrations import Administration
from .mails import SentMail
from .people import User, UserManager
from .tokens import ApiToken

__all__ = ["Administration", "ApiToken", "SentMail", "User", "UserManager"]
