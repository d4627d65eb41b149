"""Days as papers state them, and months as laws count them."""

import calendar
import datetime
import re
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on; the last day of a month that is too short for it, or of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def in_words(day: datetime.date) -> str:
    """The day as the reader's language writes it."""
    return formats.date_format(day, "DATE_FORMAT")


class DayField(forms.DateField):
    """A day, as 2026-11-25 or 25/11/2026. A day that no calendar has is refused in words."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> datetime.date | None:
        text = str(value or "").strip()
        if isinstance(value, datetime.date) or not text:
            return super().to_python(value if text else None)
        if found := _YEAR_FIRST.fullmatch(text):
            year, month, day = (int(part) for part in found.groups())
        elif found := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
        else:
            raise forms.ValidationError(
                _("“%(day)s” is not a day. Write year, month and day, such as 2026-11-25."),
                code="not_a_day",
                params={"day": text[:40]},
            )
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise forms.ValidationError(
                _(
                    "There is no day %(day)s. Read the box again. If the paper says so, "
                    "ask the authority that issued it."
                ),
                code="no_such_day",
                params={"day": text[:40]},
            ) from None
