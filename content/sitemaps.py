"""What search engines may find: the public pages and the guide, each with its address in every language."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from .languages import LANGUAGES
from .models import Protocol, ReferenceItem


class InEveryLanguage(Sitemap):
    """An address a language, which all name each other; without a language, the site chooses the reader's."""

    i18n = True
    alternates = True
    x_default = True


class Pages(InEveryLanguage):
    """Pages that are published and that everybody may read; not all are there in every language."""

    def items(self) -> list[dict[str, str]]:
        """The addresses of one page, by language: the part below the host."""
        found: dict[Any, dict[str, str]] = {}
        pages = Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")
        for page in pages:
            parts = page.get_url_parts()
            if parts:
                found.setdefault(page.translation_key, {})[page.locale.language_code] = parts[2]
        return list(found.values())

    def get_languages_for_item(self, item: dict[str, str]) -> list[str]:
        return [language for language in LANGUAGES if language in item]

    def location(self, item: dict[str, str]) -> str:
        return item[get_language() or LANGUAGES[0]]


class GuideItems(InEveryLanguage):
    def items(self) -> QuerySet[ReferenceItem]:
        return ReferenceItem.objects.filter(live=True)


class Protocols(InEveryLanguage):
    def items(self) -> QuerySet[Protocol]:
        return Protocol.objects.all()


class GuideIndex(InEveryLanguage):
    def items(self) -> list[str]:
        return [
            "guide:items",
            "guide:protocols",
            "guide:refrigerants",
            "guide:offline",
            "guide:law_changes",
            "checks:all",
            "checks:hs_code",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": Pages,
    "guide": GuideIndex,
    "items": GuideItems,
    "protocols": Protocols,
}
