"""What was measured on the way through a protocol, as the reader's language writes it."""

from babel import Locale
from babel.lists import format_list
from django import template
from django.utils.translation import to_locale

from content.languages import reader_language
from content.models import ProtocolStep
from content.numerals import write_number
from content.protocol_walk import StepTaken

register = template.Library()


@register.simple_tag
def readings_of(taken: StepTaken) -> dict[str, str]:
    """`{% readings_of taken as measured %}`: measured.average, measured.readings."""
    locale = Locale.parse(to_locale(reader_language()))
    readings = [write_number(reading) for reading in taken.readings]
    return {
        "average": write_number(taken.average) if taken.average is not None else "",
        "readings": format_list(readings, style="unit", locale=locale),
    }


@register.simple_tag
def address_of(addresses: dict[str, str], step: ProtocolStep) -> str:
    """Where the answer to a step can be changed."""
    return addresses[step.key]
