from .signing_in import admin_login, email_is_given, next_step

__all__ = ["admin_login", "email_is_given", "next_step"]
