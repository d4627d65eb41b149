"""Names and queries, turned into words by one function, so that what is written differently meets.

Nothing here depends on the database: SQLite folds accents where PostgreSQL does not, and neither knows
Chinese words, the Arabic article or Russian cases.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer

# Of one query; what is longer is no name of anything.
LONGEST_QUERY = 200
MOST_WORDS = 8
LONGEST_WORD = 40

_SPELLINGS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
        # Letters that Arabic writes in two ways, Persian and Urdu forms, and the stretching of a line.
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    }
)  # fmt: skip
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
# What joins words in names and in what people type; nobody looks for it.
_JOINING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "s",
        "the",
        "to",
        "with",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "sur",
        "un",
        "une",
        "con",
        "del",
        "e",
        "el",
        "las",
        "los",
        "o",
        "para",
        "por",
        "sin",
        "una",
        "y",
        "без",
        "в",
        "для",
        "до",
        "за",
        "и",
        "из",
        "или",
        "к",
        "на",
        "не",
        "о",
        "от",
        "по",
        "с",
        "со",
        "у",
        "او",
        "الي",
        "في",
        "علي",
        "عن",
        "من",
        "مع",
    ]
)
_STEMMERS = {
    "latin": ("english", "french", "spanish"),
    "cyrillic": ("russian",),
    "arabic": ("arabic",),
}
_STEMMER_OF_LANGUAGE = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
_CHINESE = re.compile(rf"[{_HAN}]")
# "R22", "r-22", "HCFC 22", "freon 22", "фреон-22": one gas. "R-404A" and "r 404 a" another.
_REFRIGERANT = re.compile(
    r"(?<![a-zа-я0-9])(?:r|р|h?cfc|hfc|hfo|hc|гхфу|хфу|гфу|freons?|фреон[а-я]*|хладон[а-я]*|хладагент[а-я]*|"
    r"(?:ال)?فريون|氟利昂|氟里昂|冷媒|制冷剂|雪种|refrigerante?|suva|genetron|forane|klea)"
    r"[\s\-‐‑–]*(\d{2,4})(?:[\s\-‐‑–]?(ze|yf|[a-c]))?(?![a-z0-9])"
)
_UN_NUMBER = re.compile(r"(?<![a-z0-9])(?:un|оон)[\s\-]*(?:no\.?|№)?\s*(\d{4})(?!\d)")
_CAS_NUMBER = re.compile(r"(?<![\d\-])(\d{2,7})-(\d{2})-(\d)(?![\d\-])")
# "0507.10", "0507 10", "0507.10.00.90": a customs code, of which the guide knows six digits.
_CODE = re.compile(r"\d{2,4}(?:[. ]?\d{1,2}){0,5}")


_NUMBERS = ((_REFRIGERANT, "r"), (_UN_NUMBER, "un"), (_CAS_NUMBER, "cas"))


def fold(text: str) -> str:
    """Small letters without accents, points or vowel signs; digits of every script as 0 to 9."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\0", " "))
    # A letter of its own in Russian, whose endings are told by it.
    decomposed = decomposed.replace("и\u0306", "\u0439")
    plain = "".join(_plain(letter) for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(_SPELLINGS)


def _plain(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def words_of(text: str) -> list[str]:
    """The words of a name or a query, in order: folded, Chinese in pairs of characters."""
    rest, words = fold(text), []
    for pattern, prefix in _NUMBERS:
        words += [prefix + "".join(filter(None, match.groups())) for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    for token in _TOKEN.findall(rest):
        words += _pairs(token) if _CHINESE.match(token) else [_without_article(token[:LONGEST_WORD])]
    words = list(dict.fromkeys(words))
    return [word for word in words if word not in _JOINING] or words


def spelling_rules() -> dict[str, Any]:
    """The same rules for a browser that searches without a line (static/content/kept-search.js)."""
    return {
        "spellings": {chr(letter): plain for letter, plain in _SPELLINGS.items()},
        "articles": list(_ARTICLES),
        "joining": sorted(_JOINING),
        "numbers": [[pattern.pattern, prefix] for pattern, prefix in _NUMBERS],
        "token": _TOKEN.pattern.replace(r"[^\W_]", r"[\p{L}\p{N}]"),
        "chinese": _CHINESE.pattern,
        "code": _CODE.pattern,
        "longestQuery": LONGEST_QUERY,
        "longestWord": LONGEST_WORD,
        "mostWords": MOST_WORDS,
    }


def numbers_of(text: str) -> list[str]:
    """The numbers of substances that a text names (R-22, UN 1018, CAS 75-45-6), as words."""
    folded = fold(text)
    return [
        prefix + "".join(filter(None, match.groups()))
        for pattern, prefix in _NUMBERS
        for match in pattern.finditer(folded)
    ]


def words_of_query(text: str) -> list[str]:
    """The words that somebody looks for; never more than MOST_WORDS. A customs code is one word."""
    text = text[:LONGEST_QUERY]
    code = _CODE.fullmatch(fold(text).strip())
    if code:
        return [code_word(code[0])]
    return words_of(text)[:MOST_WORDS]


def code_word(code: str) -> str:
    """The word under which a customs code is kept, of at most six digits: the guide knows no more."""
    digits = re.sub(r"[^0-9]", "", code)[:6]
    return f"hs{digits[: len(digits) // 2 * 2]}"


def code_words(code: str) -> list[str]:
    """A code as all the words that should find it: subheading, heading and chapter."""
    whole = code_word(code)
    return [whole[:end] for end in (4, 6, 8) if end <= len(whole)]


def stems_of(word: str, language: str = "") -> set[str]:
    """The word without its endings, as a language has them; in a query, as any language of its script has."""
    if not word.isalpha() or len(word) < 4:
        return set()
    script = _script_of(word)
    if language:
        wanted = [_STEMMER_OF_LANGUAGE[language]] if language in _STEMMER_OF_LANGUAGE else []
        wanted = [one for one in wanted if one in _STEMMERS.get(script, ())]
    else:
        wanted = list(_STEMMERS.get(script, ()))
    return {stem for name in wanted if len(stem := _stem(name, word)) >= 3 and stem != word}


def _pairs(token: str) -> list[str]:
    return [token] if len(token) == 1 else [token[at : at + 2] for at in range(len(token) - 1)]


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word.removeprefix(article)
    return word


def _script_of(word: str) -> str:
    first = word[0]
    if "\u0400" <= first <= "\u04ff":
        return "cyrillic"
    return "arabic" if "\u0600" <= first <= "\u06ff" else "latin" if first < "\u0250" else ""


@lru_cache(maxsize=50_000)
def _stem(name: str, word: str) -> str:
    return str(_stemmer(name).stemWord(word))


@lru_cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
