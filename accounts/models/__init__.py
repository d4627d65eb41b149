from .access_log import AccessLogEntry
from .administrations import Administration
from .people import User, UserManager
from .retention import RetentionRule
from .tokens import ApiToken

__all__ = ["AccessLogEntry", "Administration", "ApiToken", "RetentionRule", "User", "UserManager"]
