"""A browser that is signed in without the sign-in pages."""

from urllib.parse import urljoin

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User


def signed_in(page: Page, person: User) -> Page:
    """With a session of the person, however signing in is protected."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    # For the whole site, the admin too: the address of the open page would keep it to the page's language.
    whole_site = urljoin(page.url, "/")
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": whole_site}])
    return page
