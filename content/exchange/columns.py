"""The columns of the guide's tables: how each is written as text, and read back.

Every cell is text between the database and a file, so that a spreadsheet and a JSON file are one thing to
everything behind them. A column writes what it reads: `write(read(text))` is the text's one right spelling.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from content.languages import LANGUAGES, SOURCE_LANGUAGE

from .cells import LONGEST_TEXT, CellRefused, check_text, tidy


@dataclass(frozen=True)
class Column:
    """A column with one plain text in each cell."""

    name: str
    model: type[models.Model]
    field: str
    # What JSON has in place of text.
    as_list: ClassVar[bool] = False

    @property
    def of_model(self) -> Any:
        return self.model._meta.get_field(self.field)

    @property
    def required(self) -> bool:
        return not self.of_model.blank

    @property
    def has_default(self) -> bool:
        """Whether a new row may leave the cell empty, though a record has always something there."""
        return self.of_model.has_default()

    @property
    def hint(self) -> str:
        """What goes there, in English, for those who fill the sheet in."""
        return "text, in one line" if self._one_line else "text"

    @property
    def _one_line(self) -> bool:
        return not isinstance(self.of_model, models.TextField)

    def get(self, record: models.Model) -> Any:
        return getattr(record, self.of_model.attname)

    def put(self, record: models.Model, value: Any) -> None:
        setattr(record, self.of_model.attname, value)

    def write(self, value: Any) -> str:
        return tidy(str(value)) if value is not None else ""

    def read(self, text: str) -> Any:
        """Raises CellRefused."""
        if not text and self.required:
            raise CellRefused(_("It is empty, and is needed."))
        check_text(text, self.of_model.max_length or LONGEST_TEXT, one_line=self._one_line)
        return self._validated(text)

    def _validated(self, value: Any) -> Any:
        try:
            self.of_model.run_validators(value)
        except ValidationError as error:
            raise CellRefused(" ".join(error.messages)) from error
        return value


@dataclass(frozen=True)
class Words(Column):
    """A text in one of the six languages."""

    language: str = SOURCE_LANGUAGE

    @property
    def heading(self) -> str:
        """The column's name without its language."""
        return self.name.removesuffix(f" ({self.language})")

    @property
    def required(self) -> bool:
        return self.language == SOURCE_LANGUAGE and not self.of_model.blank

    @property
    def has_default(self) -> bool:
        return False

    def get(self, record: Any) -> str:
        return record.words(self.field, self.language)

    def put(self, record: Any, value: str) -> None:
        """Set the words as a translation of the English that the record has now."""
        record.set_words(self.field, self.language, value)
        if not value:
            record.translated_from.get(self.language, {}).pop(self.field, None)


@dataclass(frozen=True)
class Choice(Column):
    """One of a few words."""

    @property
    def values(self) -> list[str]:
        return [str(value) for value, _label in self.of_model.flatchoices if value]

    @property
    def hint(self) -> str:
        return "one of: " + ", ".join(self.values)

    def read(self, text: str) -> str:
        by_plain = {value.casefold(): value for value in self.values}
        if not text and not self.required:
            return ""
        if text.casefold() not in by_plain:
            raise CellRefused(
                _("“%(value)s” is not known. Write one of: %(values)s.")
                % {"value": text[:40], "values": ", ".join(self.values)}
            )
        return by_plain[text.casefold()]


@dataclass(frozen=True)
class YesNo(Column):
    """Yes or no; empty is no."""

    hint: ClassVar[str] = "yes or no"

    def write(self, value: Any) -> str:
        return "yes" if value else "no"

    def read(self, text: str) -> bool:
        plain = text.casefold()
        if plain in ("yes", "true", "1"):
            return True
        if plain in ("no", "false", "0", ""):
            return False
        raise CellRefused(_("“%(value)s” is neither “yes” nor “no”.") % {"value": text[:40]})


@dataclass(frozen=True)
class Number(Column):
    """A whole number from 0 or 1."""

    hint: ClassVar[str] = "a whole number"

    def read(self, text: str) -> int:
        if not text:
            raise CellRefused(_("It is empty, and is needed."))
        if not (text.isascii() and text.isdecimal() and len(text) < 6):
            raise CellRefused(_("“%(value)s” is no whole number below 100,000.") % {"value": text[:40]})
        if isinstance(self.of_model, models.PositiveSmallIntegerField) and int(text) > 32_767:
            raise CellRefused(_("%(value)s is too large.") % {"value": text})
        return self._validated(int(text))


@dataclass(frozen=True)
class Measure(Column):
    """A decimal number, or nothing."""

    hint: ClassVar[str] = "a number with a decimal point, or nothing"

    def write(self, value: Any) -> str:
        return f"{value.normalize():f}" if value is not None else ""

    def read(self, text: str) -> Decimal | None:
        if not text:
            return None
        try:
            number = Decimal(text) if text.isascii() and len(text) < 20 else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise CellRefused(_("“%(value)s” is no number. Write it like 12.5.") % {"value": text[:40]})
        return self._validated(number)


@dataclass(frozen=True)
class Day(Column):
    """A date, or nothing."""

    hint: ClassVar[str] = "a date: YYYY-MM-DD"

    @property
    def required(self) -> bool:
        return not self.of_model.null

    def write(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def read(self, text: str) -> datetime.date | None:
        if not text:
            if self.required:
                raise CellRefused(_("It is empty, and is needed."))
            return None
        try:
            return datetime.datetime.strptime(text, "%Y-%m-%d").date()
        except ValueError:
            raise CellRefused(
                _("“%(value)s” is no date. Write it like 2026-11-22.") % {"value": text[:40]}
            ) from None


@dataclass(frozen=True)
class Lines(Column):
    """Several names, one a line."""

    as_list: ClassVar[bool] = True
    hint: ClassVar[str] = "names, one a line"

    def write(self, value: Iterable[str]) -> str:
        return "\n".join(tidy(str(each)).replace("\n", " ") for each in value)

    def parts(self, text: str) -> list[str]:
        return [" ".join(line.split()) for line in text.split("\n") if line.strip()]

    def read(self, text: str) -> list[str]:
        check_text(text, LONGEST_TEXT, one_line=False)
        return self.parts(text)


def words_columns(name: str, model: type[models.Model], field: str) -> tuple[Words, ...]:
    """One column a language."""
    return tuple(Words(f"{name} ({language})", model, field, language) for language in LANGUAGES)
