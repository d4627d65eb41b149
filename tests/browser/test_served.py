"""What `load_content` publishes is really served, in every language."""

import urllib.request

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

MODULE = "modules/e-waste-at-the-border"
PAGES = [
    "",
    "modules/",
    f"{MODULE}/",
    f"{MODULE}/used-or-waste/",
    f"{MODULE}/how-the-label-lies/",
    f"{MODULE}/testing-safely/",
]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_page_of_the_module_is_served(site: str, db: None, language: str):
    for page in PAGES:
        with urllib.request.urlopen(f"{site}/{language}/{page}") as response:
            text = response.read().decode()
        assert f'lang="{language}"' in text
