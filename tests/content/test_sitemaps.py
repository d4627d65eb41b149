"""What search engines find: public addresses, each with the same page in the other languages."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.core.cache import caches
from wagtail.models import PageViewRestriction

from tests.factories import make_module
from tests.identify.guide import make_small_guide

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def module():
    return make_module(languages=("en", "fr"))


def sitemap(client) -> dict[str, dict[str, str]]:
    """Every address, with the languages it is also there in."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        url.find("s:loc", NAMESPACES).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)
        }
        for url in root.findall("s:url", NAMESPACES)
    }


def address(module, language: str) -> str:
    return f"{HOST}/{language}/modules/{module.slug}/"


def test_the_guide_is_there_in_six_languages(client):
    make_small_guide()
    links = sitemap(client)[f"{HOST}/ar/guide/laptop/"]
    assert links["fr"] == f"{HOST}/fr/guide/laptop/"
    assert links["x-default"] == f"{HOST}/guide/laptop/"
    assert len(links) == 7


def test_an_address_without_language_leads_to_the_readers(client):
    make_small_guide()
    assert client.get("/guide/laptop/", headers={"accept-language": "ar"}).url == "/ar/guide/laptop/"


def test_a_page_names_just_the_languages_it_has(client, module):
    found = sitemap(client)
    assert set(found[address(module, "fr")]) == {"en", "fr", "x-default"}
    assert address(module, "ar") not in found


def test_what_not_everybody_may_read_is_not_in_it(client, module):
    PageViewRestriction.objects.create(page=module.pages["en"], restriction_type="login")
    module.pages["fr"].unpublish()
    found = sitemap(client)
    assert address(module, "en") not in found
    assert address(module, "fr") not in found


def test_robots_are_told_where_it_is_and_what_to_leave_alone(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {HOST}/sitemap.xml" in text
    assert "Disallow: /*/identify/" in text


def test_it_is_made_once_an_hour_whatever_is_asked_beside_it(client, django_assert_num_queries):
    make_small_guide()
    client.get("/sitemap.xml?p=7")
    client.cookies["anything"] = "else"
    with django_assert_num_queries(0):
        again = client.get("/sitemap.xml?anything=else", headers={"accept-language": "fr"})
    assert f"{HOST}/ar/guide/laptop/" in again.text


def test_it_leaves_the_counts_alone(client):
    client.get("/sitemap.xml")
    before = set(caches["default"]._cache)
    for number in range(3):
        client.cookies["visit"] = str(number)
        client.get(f"/sitemap.xml?visit={number}")
    assert set(caches["default"]._cache) == before
    assert len(caches["pages"]._cache) == 1
