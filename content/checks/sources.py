"""Where each rule stands. The day is the one on which we last compared a rule with its text."""

import datetime
from dataclasses import dataclass

AS_OF = datetime.date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Source:
    """An article or a resolution, in English as it is cited.

    `verified` says that the rule was compared with the text itself and not only with what is known of it.
    """

    title: str
    verified: bool = False
    as_of: datetime.date = AS_OF


def convention(article: str) -> Source:
    """An article of CITES, all of which were read in the Convention's text."""
    return Source(f"CITES, Article {article}", verified=True)


PERMITS = Source("CITES Resolution Conf. 12.3 (Rev. CoP19), Permits and certificates")
PERMITS_RETROSPECTIVE = Source("CITES Resolution Conf. 12.3 (Rev. CoP19), retrospective issue")
PERMITS_STAMPS = Source("CITES Resolution Conf. 12.3 (Rev. CoP19), security stamps")
PERMITS_ELECTRONIC = Source("CITES Resolution Conf. 12.3 (Rev. CoP19), electronic permits and certificates")
SOURCE_CODES = Source("CITES Resolution Conf. 12.3 (Rev. CoP19), codes for source and purpose")
REGISTERED_BREEDERS = Source("CITES Resolution Conf. 12.10 (Rev. CoP15), registered breeding operations")
PROPAGATED_PLANTS = Source("CITES Resolution Conf. 11.11 (Rev. CoP18), regulation of trade in plants")
CONFISCATED = Source("CITES Resolution Conf. 17.8 (Rev. CoP19), disposal of confiscated specimens")
MUSICAL_INSTRUMENTS = Source("CITES Resolution Conf. 16.8 (Rev. CoP17), musical instruments")
PETS = Source("CITES Resolution Conf. 10.20, personally owned live animals")
FROM_THE_SEA = Source("CITES Resolution Conf. 14.6 (Rev. CoP16), introduction from the sea")
ANNUAL_REPORTS = Source(
    "CITES, Guidelines for the preparation and submission of annual reports: terms and units"
)
COUNTRY_CODES = Source("ISO 3166-1, two-letter country codes", verified=True)
GUIDE = Source("The listings of this guide, each with its own source and date")

BASEL_E_WASTE = Source("Basel Convention, Annexes II, VIII and IX (decision BC-15/18)", verified=True)
BASEL_PLASTICS = Source("Basel Convention, Annexes II, VIII and IX (decision BC-14/12)", verified=True)
BASEL_ANNEXES = Source("Basel Convention, Annexes II, III, IV, VIII and IX", verified=True)


def basel(article: str) -> Source:
    return Source(f"Basel Convention, Article {article}")


def montreal(article: str) -> Source:
    return Source(f"Montreal Protocol, Article {article}")


MONTREAL_ANNEXES = Source("Montreal Protocol, Annexes A, B, C, E and F", verified=True)
HARMONIZED_SYSTEM = Source("Harmonized System, edition 2022", verified=True)
