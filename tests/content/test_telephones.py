"""Telephone numbers can be dialled from anywhere, as they are shown."""

import pytest
from django.core.exceptions import ValidationError

from content.telephones import normalised, tel_uri


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+12025550142", "+1 202-555-0142"),
        (" +44 (1632) 960123 ", "+44 1632 960123"),
        ("+٤٤ ١٦٣٢ ٩٦٠١٢٣", "+44 1632 960123"),
        ("+1 202 555 0142 ext. 12", "+1 202-555-0142 ext. 12"),
    ],
)
def test_a_number_is_kept_as_it_is_written_internationally(typed, kept):
    assert normalised(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["0044 1632 960123", "202 555 0142", "+999 123", "+1 202", "112", "call Ann", "+1 javascript:", "\0"],
)
def test_a_number_that_cannot_be_dialled_from_abroad_is_refused(typed):
    with pytest.raises(ValidationError, match="country's code"):
        normalised(typed)


def test_an_emergency_number_may_be_short():
    assert normalised("112", may_be_short=True) == "112"
    assert tel_uri("112") == "tel:112"


def test_the_link_dials_the_number():
    assert tel_uri("+44 1632 960123") == "tel:+44-1632-960123"
    assert tel_uri("+1 202-555-0142 ext. 12") == "tel:+1-202-555-0142;ext=12"
