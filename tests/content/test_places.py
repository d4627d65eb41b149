"""Countries and regions are named in the reader's language, fit to stand in brackets."""

import pytest
from django.utils.translation import override

from content.languages import LANGUAGES
from content.places import SHORT_NAMES, place_name, place_names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["HK", "MO"])
def test_a_name_that_stands_in_brackets_has_none_itself(language, code):
    with override(language):
        name = place_name(code)

    assert name == SHORT_NAMES[language][code]
    assert not set("()（）") & set(name)


def test_other_places_have_the_name_that_the_cldr_gives_them():
    with override("ru"):
        assert place_names(["ZW", "HK", "BW"]) == ["Ботсвана", "Гонконг", "Зимбабве"]
        assert place_name("419") == "Латинская Америка"
        assert place_name("QQ") == "QQ"
