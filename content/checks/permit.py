"""A CITES permit or certificate, one line of it, as an officer has copied its boxes."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from .cites_codes import Appendix, Document, Kingdom, Origin


@dataclass(frozen=True, slots=True)
class Permit:
    """What the paper says. Everything but the type may be empty: then its rules say nothing, or ask.

    `sources` holds one code, or two where O or I accompanies another. `presented_on` is the day on which the
    officer holds it. `exported_on` is the day of the export endorsement or of the transport document.
    """

    document: str
    presented_on: datetime.date
    carrier: str = ""
    stamp: str = ""
    issued_on: datetime.date | None = None
    valid_until: datetime.date | None = None
    exported_on: datetime.date | None = None
    exporter: str = ""
    importer: str = ""
    country_of_origin: str = ""
    origin_permit: str = ""
    species: str = ""
    kingdom: str = ""
    appendix: str = ""
    sources: tuple[str, ...] = ()
    purpose: str = ""
    term: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    found_quantity: Decimal | None = None
    found_unit: str = ""

    @property
    def leaves_a_country(self) -> bool:
        return self.document in (Document.EXPORT, Document.RE_EXPORT)

    @property
    def is_animal(self) -> bool:
        return self.kingdom == Kingdom.ANIMAL

    @property
    def is_plant(self) -> bool:
        return self.kingdom == Kingdom.PLANT

    @property
    def pre_convention(self) -> bool:
        return Origin.PRE_CONVENTION in self.sources

    @property
    def in_appendix_i(self) -> bool:
        return self.appendix == Appendix.I
