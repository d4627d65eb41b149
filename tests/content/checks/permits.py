"""A permit in which everything fits, to change one box at a time."""

import datetime
from dataclasses import replace
from decimal import Decimal

from content.checks.permit import Permit

GOOD = Permit(
    document="export",
    presented_on=datetime.date(2026, 3, 1),
    carrier="paper",
    stamp="cancelled",
    issued_on=datetime.date(2026, 1, 15),
    valid_until=datetime.date(2026, 7, 15),
    exported_on=datetime.date(2026, 2, 10),
    exporter="ID",
    importer="DE",
    country_of_origin="ID",
    species="Python reticulatus",
    kingdom="animal",
    appendix="II",
    sources=("W",),
    purpose="T",
    term="SKI",
    quantity=Decimal(500),
    unit="NAR",
    found_quantity=Decimal(480),
    found_unit="NAR",
)


def permit(**boxes: object) -> Permit:
    return replace(GOOD, **boxes)
