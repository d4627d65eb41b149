"""The codes of CITES papers: types of document, source, purpose, terms and units."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Document(TextChoices):
    """What kind of paper it is; box 1."""

    EXPORT = "export", _("Export permit")
    RE_EXPORT = "re-export", _("Re-export certificate")
    IMPORT = "import", _("Import permit")
    ORIGIN = "origin", _("Certificate of origin (Appendix III)")
    FROM_THE_SEA = "sea", _("Certificate of introduction from the sea")
    PRE_CONVENTION = "pre-convention", _("Pre-Convention certificate")
    CAPTIVE_BRED = "captive", _("Certificate of captive breeding or artificial propagation")
    EXHIBITION = "exhibition", _("Travelling-exhibition certificate")
    INSTRUMENT = "instrument", _("Musical instrument certificate")
    OWNERSHIP = "ownership", _("Certificate of ownership (pets)")
    SAMPLES = "samples", _("Sample collection certificate (with ATA carnet)")
    OTHER = "other", _("Another paper")


class Appendix(TextChoices):
    I = "I", "I"  # noqa: E741
    II = "II", "II"
    III = "III", "III"


class Kingdom(TextChoices):
    ANIMAL = "animal", _("Animal")
    PLANT = "plant", _("Plant")


class Origin(TextChoices):
    """Where the specimen comes from: the source code."""

    WILD = "W", _("W: taken from the wild")
    RANCHED = "R", _("R: ranched")
    REGISTERED = "D", _("D: Appendix I, bred or propagated for commerce")
    PROPAGATED = "A", _("A: artificially propagated plant")
    ASSISTED = "Y", _("Y: plant from assisted production")
    CAPTIVE = "C", _("C: bred in captivity")
    BORN = "F", _("F: born in captivity")
    CONFISCATED = "I", _("I: confiscated or seized")
    PRE_CONVENTION = "O", _("O: pre-Convention")
    UNKNOWN = "U", _("U: source unknown")
    SEA = "X", _("X: taken on the high seas")


class Purpose(TextChoices):
    """What it travels for: the purpose code."""

    COMMERCIAL = "T", _("T: commercial")
    ZOO = "Z", _("Z: zoo")
    BOTANICAL = "G", _("G: botanical garden")
    CIRCUS = "Q", _("Q: circus or travelling exhibition")
    SCIENTIFIC = "S", _("S: scientific")
    TROPHY = "H", _("H: hunting trophy")
    PERSONAL = "P", _("P: personal")
    MEDICAL = "M", _("M: medical")
    EDUCATIONAL = "E", _("E: educational")
    REINTRODUCTION = "N", _("N: introduction into the wild")
    BREEDING = "B", _("B: breeding or propagation")
    LAW = "L", _("L: law enforcement")


class Carrier(TextChoices):
    """In what shape the paper was presented."""

    PAPER = "paper", _("An original on paper")
    ELECTRONIC = "electronic", _("Electronic, or a print of an electronic permit")
    COPY = "copy", _("A photocopy or scan of a paper")


class Stamp(TextChoices):
    """The security stamp on a paper."""

    CANCELLED = "cancelled", _("There, with signature and seal across it")
    LOOSE = "loose", _("There, nothing written or sealed across it")
    NAMED = "named", _("The permit names a stamp number, but there is no stamp")
    NONE = "none", _("No stamp, and no stamp number")


# What a unit measures. Units that are not metric are known, so that they can be named.
COUNT, MASS, VOLUME, AREA, LENGTH = "count", "mass", "volume", "area", "length"
UNITS = {
    "NAR": COUNT,
    "PCS": COUNT,
    "PAI": COUNT,
    "SET": COUNT,
    "KGM": MASS,
    "GRM": MASS,
    "MGM": MASS,
    "TON": MASS,
    "MTQ": VOLUME,
    "CMQ": VOLUME,
    "LTR": VOLUME,
    "MLT": VOLUME,
    "MTK": AREA,
    "SQC": AREA,
    "SQD": AREA,
    "MTR": LENGTH,
    "CTM": LENGTH,
    "BAG": "package",
    "BOX": "package",
    "CAS": "package",
    "CRT": "package",
}
# How many of a measure's smallest unit each one is, to compare two quantities.
IN_SMALLEST = {"MGM": 1, "GRM": 1_000, "KGM": 1_000_000, "TON": 1_000_000_000}
IN_SMALLEST |= {"MLT": 1, "CMQ": 1, "LTR": 1_000, "MTQ": 1_000_000}
IN_SMALLEST |= {"SQC": 1, "SQD": 100, "MTK": 10_000, "CTM": 1, "MTR": 100}


class Unit(TextChoices):
    NAR = "NAR", _("number of specimens")
    PCS = "PCS", _("pieces")
    PAI = "PAI", _("pairs")
    SET = "SET", _("sets")
    KGM = "KGM", "kg"
    GRM = "GRM", "g"
    MGM = "MGM", "mg"
    TON = "TON", _("tonnes")
    MTQ = "MTQ", "m³"
    CMQ = "CMQ", "cm³"
    LTR = "LTR", _("litres")
    MLT = "MLT", "ml"
    MTK = "MTK", "m²"
    SQC = "SQC", "cm²"
    SQD = "SQD", "dm²"
    MTR = "MTR", "m"
    CTM = "CTM", "cm"
    BAG = "BAG", _("bags")
    BOX = "BOX", _("boxes")
    CAS = "CAS", _("packing cases")
    CRT = "CRT", _("cartons")


class Term(TextChoices):
    """The description of the specimens: the three-letter term."""

    LIVE = "LIV", _("LIV: live")
    BODIES = "BOD", _("BOD: bodies")
    CARVINGS = "CAR", _("CAR: carvings")
    CAVIAR = "CAV", _("CAV: caviar")
    CORALS = "COR", _("COR: raw corals")
    EGGS = "EGG", _("EGG: eggs")
    FINS = "FIN", _("FIN: fins")
    GALL = "GAL", _("GAL: gall")
    HORNS = "HOR", _("HOR: horns")
    IVORY_CARVINGS = "IVC", _("IVC: ivory carvings")
    LEATHER = "LPS", _("LPS: small leather products")
    LOGS = "LOG", _("LOG: logs")
    MEAT = "MEA", _("MEA: meat")
    MUSK = "MUS", _("MUS: musk")
    OIL = "OIL", _("OIL: oil")
    PLYWOOD = "PLY", _("PLY: plywood")
    POWDER = "POW", _("POW: powder")
    ROOTS = "ROO", _("ROO: roots")
    SAWN = "SAW", _("SAW: sawn wood")
    SCALES = "SCA", _("SCA: scales")
    SHELLS = "SHE", _("SHE: shells")
    SKINS = "SKI", _("SKI: skins")
    SKULLS = "SKU", _("SKU: skulls")
    TEETH = "TEE", _("TEE: teeth")
    TIMBER = "TIM", _("TIM: timber")
    TROPHIES = "TRO", _("TRO: trophies")
    TUSKS = "TUS", _("TUS: tusks")
    VENEER = "VEN", _("VEN: veneer")


WOOD = frozenset({Term.LOGS, Term.SAWN, Term.TIMBER, Term.VENEER, Term.PLYWOOD})
# What can measure a term. Terms that are not here may be measured in any unit.
MEASURES = {
    Term.LIVE: {COUNT, MASS},
    Term.CAVIAR: {MASS},
    Term.FINS: {MASS, COUNT},
    Term.GALL: {MASS},
    Term.HORNS: {COUNT, MASS},
    Term.IVORY_CARVINGS: {COUNT, MASS},
    Term.LOGS: {VOLUME, MASS},
    Term.MEAT: {MASS},
    Term.MUSK: {MASS},
    Term.OIL: {MASS, VOLUME},
    Term.PLYWOOD: {VOLUME, AREA, MASS},
    Term.POWDER: {MASS},
    Term.SAWN: {VOLUME, MASS},
    Term.SKULLS: {COUNT, MASS},
    Term.TEETH: {COUNT, MASS},
    Term.TIMBER: {VOLUME, MASS},
    Term.TROPHIES: {COUNT, MASS},
    Term.TUSKS: {COUNT, MASS},
    Term.VENEER: {VOLUME, AREA, MASS},
}
