from .administrations import Administration
from .people import User, UserManager
from .tokens import ApiToken

__all__ = ["Administration", "ApiToken", "User", "UserManager"]
