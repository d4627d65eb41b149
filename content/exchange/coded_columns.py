"""Columns whose cells name something by its code: a country, a customs code, a licence, another record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from babel import Locale
from django.utils.translation import gettext as _

from content.checks.hs_codes import EDITION, NoSuchCode, description_of, digits_of, read_code
from content.languages import SOURCE_LANGUAGE
from content.licences import LicenceRefused, read_licence

from .cells import CellRefused, check_text
from .columns import Choice, Column, Lines, Number

Identity = tuple[str, ...]
HEADING_DIGITS = 4


@dataclass(frozen=True)
class Codes(Lines):
    """Countries, two letters each."""

    hint: ClassVar[str] = "countries, two letters each (ISO 3166), with commas between"

    def write(self, value: Iterable[str]) -> str:
        return ", ".join(str(each) for each in value)

    def parts(self, text: str) -> list[str]:
        return list(dict.fromkeys(text.upper().replace(";", ",").replace(",", " ").split()))

    def read(self, text: str) -> list[str]:
        known = Locale.parse(SOURCE_LANGUAGE).territories
        codes = self.parts(text)
        for code in codes:
            if len(code) != 2 or code not in known:
                raise CellRefused(
                    _("“%(code)s” is no country. Write two letters as in ISO 3166.") % {"code": code[:40]}
                )
        return codes


@dataclass(frozen=True)
class CustomsCode(Column):
    """A heading or subheading of the Harmonized System."""

    hint: ClassVar[str] = f"a code of HS {EDITION}, such as 0507.10, as text"

    def read(self, text: str) -> str:
        digits = digits_of(text)
        if not (digits.isascii() and digits.isdecimal() and len(digits) == HEADING_DIGITS):
            try:
                code = read_code(text)
            except NoSuchCode as reason:
                raise CellRefused(str(reason)) from reason
            if code.national:
                raise CellRefused(_("Write the six digits that count everywhere, such as 0507.10."))
            digits = code.six
        if not description_of(digits):
            raise CellRefused(
                _(
                    "HS %(edition)d has no code “%(code)s”. Look it up again; and format the cells as text: "
                    "a spreadsheet drops zeros at the ends of numbers."
                )
                % {"edition": EDITION, "code": text[:40]}
            )
        return digits if len(digits) == HEADING_DIGITS else f"{digits[:4]}.{digits[4:]}"


@dataclass(frozen=True)
class Edition(Number):
    """The edition of the Harmonized System: the one that the site has a list of."""

    hint: ClassVar[str] = str(EDITION)

    def read(self, text: str) -> int:
        number = super().read(text or str(EDITION))
        if number != EDITION:
            raise CellRefused(
                _("Only HS %(edition)d is known here: codes of another edition can't be checked.")
                % {"edition": EDITION}
            )
        return number


@dataclass(frozen=True)
class LicenceCode(Choice):
    """A licence that lets everybody use the photo."""

    def read(self, text: str) -> str:
        try:
            return read_licence(text).code
        except LicenceRefused as reason:
            raise CellRefused(str(reason)) from reason


@dataclass(frozen=True)
class Reference(Column):
    """The key of another record, or nothing. `below` is what stands before the key in its identity."""

    table: str = ""
    below: Identity = ()

    @property
    def hint(self) -> str:
        return f"a key of “{self.table}”"

    def read(self, text: str) -> tuple[Identity, ...]:
        if not text:
            if self.required:
                raise CellRefused(_("It is empty, and is needed."))
            return ()
        check_text(text, 100, one_line=True)
        return ((*self.below, text),)

    def write(self, value: tuple[Identity, ...]) -> str:
        return ", ".join(identity[-1] for identity in value)


@dataclass(frozen=True)
class References(Reference):
    """Keys of several records, in the order of the alphabet."""

    as_list: ClassVar[bool] = True

    @property
    def hint(self) -> str:
        return f"keys of “{self.table}”, with commas between"

    def parts(self, text: str) -> list[str]:
        return sorted(set(text.replace(";", ",").replace(",", " ").split()))

    def read(self, text: str) -> tuple[Identity, ...]:
        check_text(text, 2_000, one_line=False)
        return tuple((*self.below, key) for key in self.parts(text))

    def get(self, record: Any) -> list[int]:
        return [each.pk for each in getattr(record, self.field).all()]

    def put(self, record: Any, value: list[int]) -> None:
        target = self.of_model.related_model
        getattr(record, self.field).set(target._default_manager.filter(pk__in=value))
