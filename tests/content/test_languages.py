"""Changing the language leads to the same page; a page that isn't translated says where it is."""

import pytest

from tests.factories import make_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return make_module(languages=("en", "fr", "ru"))


def address(module, language: str) -> str:
    return f"/{language}/modules/{module.slug}/"


def test_the_switcher_leads_to_the_same_page(client, module):
    page = client.get(address(module, "en")).content.decode()
    assert f'href="{address(module, "fr")}"' in page


def test_a_page_that_is_not_translated_names_the_languages_it_has(client, module):
    module.pages["ru"].unpublish()
    response = client.get(address(module, "ru"))
    assert response.status_code == 404
    page = response.content.decode()
    assert f'href="{address(module, "en")}"' in page
    assert f'href="{address(module, "fr")}"' in page


def test_an_address_that_never_was_names_none(client, module):
    assert 'id="other-languages"' not in client.get("/fr/nowhere/").content.decode()


def test_the_address_people_try_for_chinese_leads_there(client):
    assert client.get("/zh/guide/?a=b").url == "/zh-hans/guide/?a=b"


def test_the_switcher_keeps_what_was_asked_for(client, module):
    page = client.get(f"{address(module, 'en')}?page=2").content.decode()
    assert f'<a href="{address(module, "fr")}?page=2"' in page
    page = client.get("/en/accounts/login/?next=/en/learn/").content.decode()
    assert 'href="/fr/accounts/login/?next=' in page


def test_a_page_says_in_its_head_where_it_is_in_the_other_languages(client, module):
    page = client.get(f"{address(module, 'en')}?next=x").content.decode()
    host = "http://testserver"
    assert f'<link rel="canonical" href="{host}{address(module, "en")}">' in page
    assert f'<link rel="alternate" hreflang="ru" href="{host}{address(module, "ru")}">' in page
    assert 'hreflang="ar" href="http' not in page


def test_a_page_that_is_not_there_has_no_address(client):
    page = client.get("/fr/nowhere/").content.decode()
    assert 'rel="canonical"' not in page and 'rel="alternate"' not in page
