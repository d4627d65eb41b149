"""Country sheets of invented administrations."""

import datetime
from itertools import count

from accounts.models import Administration
from content.models import Authority, CountrySheet, NationalRule, TariffLine

AS_OF = datetime.date(2026, 11, 20)
_numbers = count(1)


def make_administration(**fields: object) -> Administration:
    return Administration.objects.create(**{"name": f"Customs of Somewhere {next(_numbers)}", **fields})


def make_sheet(administration: Administration, **fields: object) -> CountrySheet:
    """A published sheet with a duty desk and a Basel authority, one rule and one code; no instructions."""
    values = {"as_of": AS_OF, "check_again_after": datetime.date(2999, 1, 1), **fields}
    sheet = CountrySheet(administration=administration, **values)
    sheet.authorities = [
        make_authority("duty", "+1 202-555-0101", name="Duty desk at the quay"),
        make_authority("basel", "+1 202-555-0102", name="Waste desk"),
        make_authority("ozone", "+1 202-555-0103", name="Ozone desk"),
    ]
    sheet.rules = [make_rule(instrument="basel", text="A test report for each piece.")]
    sheet.tariff_lines = [TariffLine(hs_code="8471.30", national_code="8471.30.00.20", note="Used")]
    sheet.save()
    return sheet


def make_authority(role: str, telephone: str, **fields: object) -> Authority:
    return Authority(
        **{
            "role": role,
            "name": f"The {role} desk",
            "telephone": telephone,
            "hours": "Day and night",
            **fields,
        }
    )


def make_rule(**fields: object) -> NationalRule:
    return NationalRule(**{"text": "A rule.", "source": "Waste Act, section 31", "as_of": AS_OF, **fields})
