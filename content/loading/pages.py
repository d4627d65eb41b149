"""Writing the pages: English first, then each translation through wagtail-localize."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.languages import LANGUAGES, SOURCE_LANGUAGE
from content.models import HomePage, LessonPage, ModuleIndexPage, ModulePage, Objective, Quiz

from . import library
from .bodies import lesson_body, objectives_body
from .ledger import Ledger
from .questions import load_bank, load_objectives, load_quiz
from .translations import TranslationLoader

Fields = dict[str, Any]


@dataclass(frozen=True)
class PageFiles:
    """One page as the library has it: what it is, and its fields in each language."""

    key: str
    model: type[Page]
    slug: str
    fields: dict[str, Fields]


def load_pages(ledger: Ledger) -> None:
    """The home page, the list of modules, and every module with its lessons."""
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    translations = TranslationLoader(ledger)
    site = {code: library.words(code, "site") for code in LANGUAGES}
    home = _load_page(ledger, translations, Page.get_first_root_node(), _home_files(site))
    _show_on_site(home)
    index = _load_page(ledger, translations, home, _index_files(site))
    for name in library.module_files():
        _load_module(ledger, translations, index, name.removeprefix("modules/"))


def _load_module(ledger: Ledger, translations: TranslationLoader, index: Page, key: str) -> None:
    structure = library.structure(f"modules/{key}")
    with transaction.atomic():
        objectives = load_objectives(ledger, key)
        load_bank(ledger, structure["bank"])
        quiz = load_quiz(ledger, key)
        ledger.save()
    module = _load_page(ledger, translations, index, _module_files(structure, objectives, quiz))
    for lesson in structure["lessons"]:
        _load_page(ledger, translations, module, _lesson_files(key, lesson))


def _home_files(site: dict[str, Any]) -> PageFiles:
    def fields(words: Any) -> Fields:
        home = words["home"]
        texts = {
            f"{part}_{field}": home[part][field].strip()
            for part in ("teaching", "identifying", "honesty")
            for field in ("title", "text")
        }
        return {"title": home["title"], "lead": home["lead"].strip(), **texts}

    return PageFiles("home", HomePage, "home", {code: fields(words) for code, words in site.items()})


def _index_files(site: dict[str, Any]) -> PageFiles:
    fields = {
        code: {"title": words["modules"]["title"], "intro": words["modules"]["intro"].strip()}
        for code, words in site.items()
    }
    return PageFiles("modules", ModuleIndexPage, "modules", fields)


def _module_files(structure: Any, objectives: dict[str, Objective], quiz: Quiz | None) -> PageFiles:
    key = structure["key"]

    def fields(code: str) -> Fields:
        words = library.words(code, f"modules/{key}/module")
        return {
            "title": words["title"],
            "summary": words["summary"].strip(),
            "topic": structure["topic"],
            "quiz": quiz,
            "objectives": objectives_body(key, objectives),
        }

    return PageFiles(f"module:{key}", ModulePage, key, {code: fields(code) for code in LANGUAGES})


def _lesson_files(module: str, lesson: Any) -> PageFiles:
    def fields(code: str) -> Fields:
        words = library.words(code, f"modules/{module}/{lesson['key']}")
        return {
            "title": words["title"],
            "summary": words["summary"].strip(),
            "minutes": lesson["minutes"],
            "body": lesson_body(module, lesson, words, code),
        }

    key = f"lesson:{module}:{lesson['key']}"
    return PageFiles(key, LessonPage, lesson["key"], {code: fields(code) for code in LANGUAGES})


def _load_page(ledger: Ledger, translations: TranslationLoader, parent: Page, files: PageFiles) -> Page:
    """Create or update the English page, then its translations. An editor's page is left as it is.

    Each page and each translation is a transaction of its own: wagtail-localize publishes when the
    transaction ends, and must find the tree as it is then.
    """
    key = f"page:{files.key}"
    english = files.fields[SOURCE_LANGUAGE]
    locale = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    page = files.model.objects.child_of(parent).filter(slug=files.slug, locale=locale).first()
    if page is not None and not _is_ours(ledger, key, page, english):
        return page
    with transaction.atomic():
        page = _write_page(page, parent, files, locale)
        ledger.wrote(key, _content(page, english))
        ledger.save()
    translations.load(page, files.fields)
    return files.model.objects.get(pk=page.pk)


def _write_page(page: Page | None, parent: Page, files: PageFiles, locale: Locale) -> Page:
    english = files.fields[SOURCE_LANGUAGE]
    if page is None:
        page = files.model(slug=files.slug, locale=locale, **english)
        _make_room(parent, files.slug)
        parent.add_child(instance=page)
        page.save_revision(clean=False).publish()
    elif _content(page, english) != _content(files.model(**english), english):
        for field, value in english.items():
            setattr(page, field, value)
        page.save_revision(clean=False).publish()
    return files.model.objects.get(pk=page.pk)


def _is_ours(ledger: Ledger, key: str, page: Page, fields: Fields) -> bool:
    """Whether the page is as we published it, with no draft of an editor's on top."""
    return not page.has_unpublished_changes and ledger.is_ours(key, _content(page, fields))


def _content(page: Page, fields: Fields) -> str:
    """The page's loaded fields in one canonical text, to compare and to remember."""
    return json.dumps(
        {name: page._meta.get_field(name).value_to_string(page) for name in sorted(fields)},
        ensure_ascii=False,
    )


def _make_room(parent: Page, slug: str) -> None:
    """Remove the welcome page of a new Wagtail installation, which takes the home page's place."""
    welcome = Page.objects.child_of(parent).filter(slug=slug, content_type__model="page").first()
    if welcome is not None and welcome.get_children_count() == 0:
        welcome.delete()
        parent.refresh_from_db()


def _show_on_site(home: Page) -> None:
    if not Site.objects.exists():
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Quaymark")
    site = Site.objects.get(is_default_site=True)
    if not isinstance(site.root_page.specific, HomePage):
        site.root_page = home
        site.save()
