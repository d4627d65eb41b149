"""What allauth asks of this project."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administration, not by the visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
