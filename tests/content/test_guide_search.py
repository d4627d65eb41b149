"""Searching the product's own guide in six languages: what people write, and what must come first."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from content.models import CommonName, HSLink, ReferenceItem
from content.searching.finding import search
from content.searching.terms import indexed_together
from tests.factories import make_user
from tests.identify.guide import make_item, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.database]

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


def found(query: str, reader=None) -> list[str]:
    return [one.item.key for one in search(query, reader or AnonymousUser()).found]


def test_there_are_queries_enough_in_every_language():
    assert len(QUERIES) >= 60
    assert {language for language, _query, _key in QUERIES} == {"en", "fr", "es", "ru", "ar", "zh-hans"}


def test_what_is_meant_comes_first(whole_guide):
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
def test_a_customs_code_finds_what_belongs_there(whole_guide, code, key):
    assert key in found(code)


@pytest.mark.parametrize("number", ["UN 1018", "un1018", "75-45-6"])
def test_a_number_of_a_substance_finds_its_cylinder(number):
    cylinder = make_item("r-22", {"en": "R-22"})
    mark = cylinder.field_marks.get()
    mark.text_en = "UN 1018 and CAS 75-45-6 point to R-22."
    mark.save()

    assert found(number) == ["r-22"]


def test_what_goods_hide_under_is_found_by_officers_only():
    tusk = make_item("tusk")
    HSLink.objects.create(item=tusk, code="3926.40", role=HSLink.Role.MISUSED)

    assert found("3926.40") == []
    assert found("3926.40", make_user(roles=("trainee",))) == []
    assert found("3926.40", make_user(roles=("officer",))) == ["tusk"]


def test_a_draft_is_found_by_those_who_write_the_guide_only():
    make_item("tusk", live=False)

    assert found("tusk") == []
    assert found("tusk", make_user(roles=("officer",))) == []
    assert found("tusk", make_user(roles=("trainer",))) == ["tusk"]


def test_a_taxon_of_a_listing_finds_the_item():
    tusk = make_item("tusk")
    make_status(tusk, instrument="cites", listing="I", taxa=["Loxodonta africana"])

    assert found("loxodonta") == ["tusk"]


def test_a_new_name_is_found_at_once_and_a_deleted_one_no_more():
    tusk = make_item("tusk")
    name = CommonName.objects.create(item=tusk, language="en", name="Olifant")
    assert found("olifant") == ["tusk"]

    name.delete()

    assert found("olifant") == []


def test_an_item_that_is_deleted_is_found_no_more():
    make_item("tusk").delete()

    assert found("tusk") == []


def test_a_word_of_the_summary_finds_the_item_after_those_named_so():
    make_item("laptop", summary_en="Never a tusk.")
    make_item("tusk")

    assert found("tusk") == ["tusk", "laptop"]


def test_the_name_in_the_readers_language_comes_first():
    make_item("macaw", {"en": "Macaw", "ru": "Ара"})
    make_item("arum", {"en": "Ара"})

    with translation.override("ru"):
        assert found("ара") == ["macaw", "arum"]


def test_the_shorter_name_comes_first():
    make_item("tiger-bone", {"en": "Tiger bone"})
    make_item("tiger", {"en": "Tiger"})

    assert found("tiger") == ["tiger", "tiger-bone"]


def test_the_name_by_which_it_was_found_is_said():
    tusk = make_item("tusk")
    CommonName.objects.create(item=tusk, language="fr", name="Défense")

    (one,) = search("défense", AnonymousUser()).found

    assert one.found_as is not None and one.found_as.name == "Défense"


def test_what_is_close_but_not_named_so_is_said_to_be_close():
    make_item("tusk")

    assert search("tusk", AnonymousUser()).complete
    assert not search("tusk unicorn", AnonymousUser()).complete
    assert not search("tuskk", AnonymousUser()).complete


@pytest.mark.parametrize(
    "query",
    [
        "🐘",
        "'; DROP TABLE content_referenceitem; --",
        '" OR 1=1',
        "%",
        "_",
        "\x00",
        "\x00tusk\x00",
        "((((",
        "\\",
        "x" * 5000,
        "tusk " * 1000,
        "<script>alert(1)</script>",
        "�",
        "ي" * 5000,
        "象" * 5000,
    ],
)
def test_whatever_is_typed_is_answered(client, query):
    make_item("tusk")

    response = client.get("/en/guide/search/", {"q": query.encode("utf-8", "replace")})

    assert response.status_code == 200
    assert ReferenceItem.objects.filter(key="tusk").exists()
    assert "<script>alert" not in response.text


def test_nothing_found_says_what_to_try(client):
    text = client.get("/en/guide/search/", {"q": "🐘"}).text

    assert "The guide knows nothing called “🐘”." in text
    assert "Try one word of it" in text
    assert "Ask before you release it." in text


def test_an_empty_search_says_what_can_be_written(client):
    assert "Write a name in any of the six languages" in client.get("/en/guide/search/").text


def test_the_answer_as_one_types_is_a_part_of_the_page(client):
    make_item("tusk")

    part = client.get("/en/guide/search/", {"q": "tusk", "only": "results"}).text

    assert "<html" not in part
    assert part.strip() and part.strip() in client.get("/en/guide/search/", {"q": "tusk"}).text


def test_a_search_takes_as_many_queries_among_many_items_as_among_few():
    make_item("tusk")
    found("tusk")
    with CaptureQueriesContext(connection) as few:
        found("tusk")
    for number in range(30):
        make_item(f"tusk-{number}")
    with CaptureQueriesContext(connection) as many:
        assert len(found("tusk")) > 30

    assert len(many) == len(few) <= 5


def test_many_writes_are_indexed_together():
    with indexed_together():
        make_item("tusk")
        assert found("tusk") == []

    assert found("tusk") == ["tusk"]
