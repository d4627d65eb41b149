"""The catalogues of the interface, kept without the gettext binaries."""

import pytest

from config import catalogues


@pytest.fixture
def project(tmp_path, settings):
    """A project of one template and one module, with its own folder of catalogues."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    templates = tmp_path / "content" / "templates"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(
        "{% load i18n %}{% translate 'Look closer.' %}\n"
        "  {% blocktranslate count number=n trimmed %}\n    {{ number }} photo\n"
        "  {% plural %}\n    {{ number }} photos\n  {% endblocktranslate %}"
    )
    (tmp_path / "content" / "code.py").write_text('_("Hold the goods.")\n')
    return tmp_path


def translate(project, language, old, new):
    path = catalogues.path_of(language)
    path.write_text(path.read_text().replace(old, new))


def test_sentences_are_found_in_code_and_templates(project):
    found = {str(message.id) for message in catalogues.messages() if message.id}
    assert found == {"Look closer.", "Hold the goods.", "('%(number)s photo', '%(number)s photos')"}


def test_a_sentence_without_translation_is_a_problem(project):
    catalogues.update()
    assert "fr: not translated: Hold the goods." in catalogues.problems()


def test_a_translated_sentence_is_none(project):
    catalogues.update()
    translate(
        project,
        "fr",
        'msgid "Hold the goods."\nmsgstr ""',
        'msgid "Hold the goods."\nmsgstr "Retenez les marchandises."',
    )
    assert "fr: not translated: Hold the goods." not in catalogues.problems()
    assert catalogues.counts("fr").complete == 1


def test_updating_keeps_translations_and_guesses_none(project):
    catalogues.update()
    translate(project, "fr", 'msgid "Look closer."\nmsgstr ""', 'msgid "Look closer."\nmsgstr "Regardez."')
    (project / "content" / "code.py").write_text('_("Look much closer.")\n')
    catalogues.update()
    text = catalogues.path_of("fr").read_text()
    assert 'msgstr "Regardez."' in text
    assert 'msgid "Look much closer."\nmsgstr ""' in text
    assert "fuzzy" not in text


def test_a_lost_placeholder_is_a_problem(project):
    (project / "content" / "code.py").write_text('_("Send %(count)s photos.")\n')
    catalogues.update()
    translate(
        project,
        "es",
        'msgid "Send %(count)s photos."\nmsgstr ""',
        'msgid "Send %(count)s photos."\nmsgstr "Envíe %(cuenta)s fotos."',
    )
    assert any(problem.startswith("es: ") and "Send" in problem for problem in catalogues.problems())


def test_arabic_is_compiled_with_its_six_plurals(project):
    catalogues.update()
    catalogues.compile_all()
    assert catalogues.path_of("ar").with_suffix(".mo").exists()
    assert "nplurals=6" in catalogues.path_of("ar").read_text()
