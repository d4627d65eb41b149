from .administrations import Administration
from .mails import SentMail
from .people import User, UserManager
from .tokens import ApiToken, Scope

__all__ = ["Administration", "ApiToken", "Scope", "SentMail", "User", "UserManager"]
