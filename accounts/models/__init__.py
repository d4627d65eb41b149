from .administrations import Administration
from .mails import SentMail
from .people import User, UserManager
from .sign_in_services import SignInService
from .tokens import ApiToken, Scope

__all__ = ["Administration", "ApiToken", "Scope", "SentMail", "SignInService", "User", "UserManager"]
