"""Where the page at hand is found in the other languages, and where the modules are."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import translate_url
from wagtail.models import Page, Site

from content.languages import direction_of, reader_language
from content.models import ModuleIndexPage

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """A language, by its own name, and the address of this page in it."""

    code: str
    name: str
    url: str
    current: bool
    available: bool

    @property
    def direction(self) -> str:
        return direction_of(self.code)


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[LanguageLink]:
    """One link a language. Where a page has no translation, the link leads to that language's home."""
    request = context.get("request")
    if request is None:
        return []
    query = request.META.get("QUERY_STRING", "")
    page = context.get("page")
    translations = _translations(page) if isinstance(page, Page) and page.pk else None
    links = []
    for code, name in settings.LANGUAGES:
        if translations is None:
            url, available = _same_address(request, code), True
        elif code in translations:
            url, available = translations[code] + (f"?{query}" if query else ""), True
        else:
            url, available = f"/{code}/", False
        links.append(LanguageLink(code, name, url, code == reader_language(), available))
    return links


def _same_address(request: HttpRequest, language: str) -> str:
    """This address in another language; that language's home where the address has no language in it."""
    here = request.get_full_path()
    there = translate_url(here, language)
    return there if there != here or language == reader_language() else f"/{language}/"


@register.simple_tag(takes_context=True)
def addresses(context: dict[str, Any], links: list[LanguageLink]) -> dict[str, Any]:
    """For the head of a page: its one true address, and those of the same page in other languages."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {}
    page = request.GET.get("page", "")
    here = request.path + (f"?page={page}" if page.isdecimal() and page != "1" else "")
    return {
        "canonical": request.build_absolute_uri(here),
        "alternates": [
            (link.code, request.build_absolute_uri(link.url.partition("?")[0]))
            for link in links
            if link.available
        ],
    }


@register.simple_tag(takes_context=True)
def other_languages_of_this_address(context: dict[str, Any]) -> list[LanguageLink]:
    """The languages in which there is a page at this address, where there is none in the asked one."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if request is None or site is None:
        return []
    asked, *rest = [part for part in request.path_info.split("/") if part] or [""]
    if asked not in dict(settings.LANGUAGES):
        return []
    homes = site.root_page.get_translations(inclusive=True).live().select_related("locale")
    links = []
    for home in homes.exclude(locale__language_code=asked):
        page = _page_below(home.specific, request, rest)
        if page is not None:
            code = home.locale.language_code
            links.append(LanguageLink(code, dict(settings.LANGUAGES)[code], page.url, False, True))
    return links


def _page_below(home: Page, request: HttpRequest, slugs: list[str]) -> Page | None:
    try:
        return home.route(request, slugs)[0]
    except Http404:
        return None


def _translations(page: Page) -> dict[str, str]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation.url for translation in pages if translation.url}


@register.simple_tag
def modules_url() -> str:
    """The module list in the reader's language; the home page where there is none yet."""
    language = reader_language()
    index = ModuleIndexPage.objects.filter(locale__language_code=language).live().first()
    return (index.url if index else None) or f"/{language}/"
