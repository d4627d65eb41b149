"""A browser that is signed in without the sign-in pages."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User


def signed_in(page: Page, person: User) -> Page:
    """With a session of the person, however signing in is protected."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.url}])
    return page
