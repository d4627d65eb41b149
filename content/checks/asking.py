"""Whom to ask about an instrument, and the national rules about it: from the reader's own sheet."""

from dataclasses import dataclass

from accounts.access import Reader
from content.models import Authority, CountrySheet, LegalStatus
from content.national import CALL_ABOUT_LISTED, RuleShown, rules_now


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """The part of a country sheet that a checked paper calls for."""

    sheet: CountrySheet
    authorities: list[Authority]
    rules: list[RuleShown]


def whom_to_ask(reader: Reader, instruments: list[LegalStatus.Instrument]) -> WhomToAsk | None:
    """None where the reader's administration has published no sheet, or the reader belongs to none."""
    sheet = CountrySheet.objects.read_by(reader).first()
    if sheet is None:
        return None
    roles = {Authority.Role.DUTY}.union(*(CALL_ABOUT_LISTED[instrument] for instrument in instruments))
    return WhomToAsk(
        sheet,
        [authority for authority in sheet.authorities.all() if authority.role in roles],
        rules_now(rule for rule in sheet.rules.all() if rule.instrument in instruments),
    )
