"""Searching the product's own guide in six languages: what people write, and what must come first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from content.models import CommonName
from content.searching.finding import search

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("whole_guide")]

# The reader's language, what is typed, and the item that must come first. A row whose item has no name in
# the row's language is left out until its translation is there.
QUERIES = [
    # English: names, other names, plurals, trade names
    ("en", "ivory tusk", "ivory-tusk"),
    ("en", "ivory tusks", "ivory-tusk"),
    ("en", "elephant tusk", "raw-elephant-ivory"),
    ("en", "ivory carving", "worked-ivory"),
    ("en", "netsuke", "worked-ivory"),
    ("en", "mammoth", "mammoth-ivory"),
    ("en", "hippo teeth", "hippopotamus-ivory"),
    ("en", "tagua", "vegetable-ivory"),
    ("en", "rhino horn", "rhinoceros-horn"),
    ("en", "pangolin scales", "pangolin-scale"),
    ("en", "tiger bone", "tiger-part"),
    ("en", "hu gu", "tiger-part"),
    ("en", "bear bile", "bear-gall"),
    ("en", "snakeskin", "python-skin"),
    ("en", "elver", "glass-eel"),
    ("en", "bêche-de-mer", "sea-cucumber"),
    ("en", "beche de mer", "sea-cucumber"),
    ("en", "sturgeon roe", "caviar"),
    ("en", "oud", "agarwood"),
    ("en", "kevazingo", "bubinga"),
    ("en", "big leaf mahogany", "mahogany"),
    ("en", "used tires", "used-tyre"),
    ("en", "e-scrap", "scrap-computer"),
    ("en", "power bank", "lithium-battery"),
    ("en", "fridge", "refrigerator"),
    ("en", "TV set", "television"),
    # misspelt and unfinished
    ("en", "rhinocerous horn", "rhinoceros-horn"),
    ("en", "pangolan scale", "pangolin-scale"),
    ("en", "tortoisshell", "tortoiseshell"),
    ("en", "mahagony", "mahogany"),
    ("en", "agarwod", "agarwood"),
    ("en", "cavair", "caviar"),
    ("en", "narwh", "narwhal-ivory"),
    # scientific names, whole, in part and misspelt
    ("en", "Panthera tigris", "tiger"),
    ("en", "panthera pardus", "leopard"),
    ("en", "Pericopsis elata", "afrormosia"),
    ("en", "swietenia", "mahogany"),
    ("en", "pterocarpus erinaceus", "kosso"),
    ("en", "pterocarpus erinaceous", "kosso"),
    # refrigerants
    ("en", "R22", "r-22"),
    ("en", "r-22", "r-22"),
    ("en", "HCFC 22", "r-22"),
    ("en", "freon 22", "r-22"),
    ("en", "r 134 a", "r-134a"),
    ("en", "404A", "r-404a"),
    ("en", "R410", "r-410a"),
    ("en", "propane", "r-290"),
    ("en", "halon 1301", "halon"),
    # French
    ("fr", "défense d’ivoire", "ivory-tusk"),
    ("fr", "perroquet gris", "african-grey"),
    ("fr", "ordinateur portable", "laptop"),
    ("fr", "ecrans", "screens"),
    ("fr", "civelles", "glass-eel"),
    ("fr", "corne de rhinoceros", "rhinoceros-horn"),
    ("fr", "lambi", "queen-conch"),
    ("fr", "hippocampe séché", "dried-sea-horse"),
    ("fr", "bois d'agar", "agarwood"),
    # Spanish
    ("es", "tigre", "tiger"),
    ("es", "tiburones", "sharks"),
    ("es", "lavadora", "washing-machine"),
    ("es", "loro gris", "african-grey"),
    ("es", "angulas", "glass-eel"),
    ("es", "caviar", "caviar"),
    # Russian, in other cases and misspelt
    ("ru", "чешуя панголина", "pangolin-scale"),
    ("ru", "чешуи панголинов", "pangolin-scale"),
    ("ru", "плавники акул", "shark-fin"),
    ("ru", "морские черепахи", "sea-turtles"),
    ("ru", "морских черепах", "sea-turtles"),
    ("ru", "ноутбуки", "laptop"),
    ("ru", "халодильник", "refrigerator"),
    ("ru", "рога носорога", "rhinoceros-horn"),
    ("ru", "медвежьей желчи", "bear-gall"),
    ("ru", "фреон 22", "r-22"),
    ("ru", "хладон-22", "r-22"),
    # Arabic, with and without the article and the vowel signs
    ("ar", "ناب عاج", "ivory-tusk"),
    ("ar", "حراشف البنغول", "pangolin-scale"),
    ("ar", "السلاحف البحرية", "sea-turtles"),
    ("ar", "سلاحف بحرية", "sea-turtles"),
    ("ar", "الحاسوب المحمول", "laptop"),
    ("ar", "ثلاجه", "refrigerator"),
    ("ar", "قرن الكركدن", "rhinoceros-horn"),
    ("ar", "فريون 22", "r-22"),
    ("ar", "فريون ٢٢", "r-22"),
    # Chinese: whole names and parts of them
    ("zh-hans", "穿山甲鳞片", "pangolin-scale"),
    ("zh-hans", "穿山甲片", "pangolin-scale"),
    ("zh-hans", "笔记本电脑", "laptop"),
    ("zh-hans", "红木", "rosewood-board"),
    ("zh-hans", "虎", "tiger"),
    ("zh-hans", "鱼翅", "shark-fin"),
    ("zh-hans", "牙雕", "worked-ivory"),
    ("zh-hans", "虎骨", "tiger-part"),
    ("zh-hans", "沉香", "agarwood"),
    ("zh-hans", "氟利昂22", "r-22"),
    # a word of another language than the reader's
    ("en", "穿山甲", "pangolin-scale"),
    ("ar", "pangolin scale", "pangolin-scale"),
    ("fr", "ноутбук", "laptop"),
]


def found(query: str) -> list[str]:
    return [one.item.key for one in search(query, AnonymousUser()).found]


def test_there_are_queries_enough_in_every_language():
    assert len(QUERIES) >= 60
    assert {language for language, _query, _key in QUERIES} == {"en", "fr", "es", "ru", "ar", "zh-hans"}


def test_what_is_meant_comes_first():
    named = set(CommonName.objects.values_list("item__key", "language"))
    wrong, asked = [], 0
    for language, query, key in QUERIES:
        if (key, language) not in named:
            continue  # not translated yet
        asked += 1
        with translation.override(language):
            first = found(query)[:3]
        if first[:1] != [key]:
            wrong.append((language, query, key, first))
    assert wrong == []
    assert asked >= 60


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("0507.10", "ivory-tusk"),
        ("050710", "ivory-tusk"),
        ("0507.10.00.90", "ivory-tusk"),
        ("8471 30", "laptop"),
    ],
)
def test_a_customs_code_finds_what_belongs_there(code, key):
    assert key in found(code)
