"""Source and purpose against appendix, kingdom and type of document. What is lawful stays lawful.

D, A, C and O lift specimens out of the rules for wild ones (Article VII); each is looked at on its own.
"""

from django.utils.translation import gettext as _

from . import sources
from .cites_codes import Appendix, Document, Origin, Purpose
from .findings import Finding, ask, contradicts, fits
from .permit import Permit

# Nothing in Article VII lifts these out of Article III: an import permit, and no commerce.
UNDER_ARTICLE_III = frozenset(
    {
        Origin.WILD,
        Origin.RANCHED,
        Origin.BORN,
        Origin.ASSISTED,
        Origin.CONFISCATED,
        Origin.UNKNOWN,
        Origin.SEA,
    }
)
FOR_ANIMALS = frozenset({Origin.CAPTIVE, Origin.BORN, Origin.RANCHED})
FOR_PLANTS = frozenset({Origin.PROPAGATED, Origin.ASSISTED})
# Article VII(7)(b): exhibitions travel with specimens of before the Convention, or bred or propagated.
MAY_BE_EXHIBITED = frozenset({Origin.PRE_CONVENTION, Origin.CAPTIVE, Origin.PROPAGATED, Origin.REGISTERED})
# Papers that are for keeping, showing or playing, and end when the thing is sold.
NOT_FOR_SALE = {
    Document.INSTRUMENT: sources.MUSICAL_INSTRUMENTS,
    Document.OWNERSHIP: sources.PETS,
    Document.EXHIBITION: sources.convention("VII(7)"),
}


def no_commerce_in_appendix_i(permit: Permit) -> Finding | None:
    """Appendix I and purpose T, by source."""
    rule = "no-commerce-in-appendix-i"
    if not permit.in_appendix_i or permit.purpose != Purpose.COMMERCIAL or not permit.sources:
        return None
    if permit.pre_convention:
        return fits(
            rule,
            _(
                "Appendix I, source O, purpose T: lawful where the goods are older than the listing. "
                "Ask for the date of acquisition."
            ),
            sources.convention("VII(2)"),
        )
    if Origin.REGISTERED in permit.sources:
        return fits(
            rule,
            _(
                "Appendix I, source D, purpose T: lawful, the goods count as Appendix II. For animals, "
                "compare the operation with the register of the Secretariat."
            ),
            sources.convention("VII(4)"),
        )
    if Origin.PROPAGATED in permit.sources:
        return ask(
            rule,
            _(
                "Appendix I, source A, purpose T can be lawful. In Appendix I, A means propagated without "
                "commerce; plants of a commercial nursery have D. Ask which it is."
            ),
            sources.SOURCE_CODES,
        )
    if Origin.CAPTIVE in permit.sources:
        return contradicts(
            rule,
            _(
                "Appendix I, source C and purpose T contradict each other. Animals of Appendix I bred for "
                "commerce come from a registered operation and have D."
            ),
            sources.REGISTERED_BREEDERS,
        )
    if UNDER_ARTICLE_III.intersection(permit.sources):
        return contradicts(
            rule,
            _(
                "Appendix I, source %(source)s and purpose T contradict each other. Such goods may not "
                "be traded mainly for commerce."
            )
            % {"source": " ".join(permit.sources)},
            sources.convention("III(3)(c)"),
        )
    return None


def registered_is_appendix_i(permit: Permit) -> Finding | None:
    """D says: Appendix I, bred or propagated for commerce."""
    rule = "registered-is-appendix-i"
    if Origin.REGISTERED not in permit.sources or not permit.appendix:
        return None
    if permit.in_appendix_i:
        return fits(rule, _("Source D stands with Appendix I, as it must."), sources.SOURCE_CODES)
    return contradicts(
        rule,
        _("Source D is for Appendix I only. The paper says Appendix %(appendix)s.")
        % {"appendix": permit.appendix},
        sources.SOURCE_CODES,
    )


def source_fits_kingdom(permit: Permit) -> Finding | None:
    """C, F and R are for animals; A and Y are for plants."""
    rule = "source-fits-kingdom"
    wrong = FOR_PLANTS if permit.is_animal else FOR_ANIMALS if permit.is_plant else frozenset()
    found = [code for code in permit.sources if code in wrong]
    if not permit.kingdom or not permit.sources:
        return None
    if not found:
        return fits(rule, _("The source code is one that such a specimen can have."), sources.SOURCE_CODES)
    words = {"code": found[0]}
    if permit.is_animal:
        return contradicts(
            rule,
            _("Source %(code)s is for plants. The paper names an animal.") % words,
            sources.SOURCE_CODES,
        )
    return contradicts(
        rule, _("Source %(code)s is for animals. The paper names a plant.") % words, sources.SOURCE_CODES
    )


def no_hunted_plants(permit: Permit) -> Finding | None:
    if permit.purpose != Purpose.TROPHY or not permit.is_plant:
        return None
    return contradicts(
        "no-hunted-plants",
        _("Purpose H is for hunting trophies. The paper names a plant."),
        sources.SOURCE_CODES,
    )


def sources_go_together(permit: Permit) -> Finding | None:
    """Two source codes: only O or I accompany another."""
    if len(permit.sources) < 2:
        return None
    if {Origin.PRE_CONVENTION, Origin.CONFISCATED}.intersection(permit.sources):
        return fits(
            "sources-go-together",
            _("Two source codes are lawful where one of them is O or I."),
            sources.SOURCE_CODES,
        )
    return contradicts(
        "sources-go-together",
        _("Two source codes stand together. Only O or I may accompany another one."),
        sources.SOURCE_CODES,
    )


def source_fits_document(permit: Permit) -> Finding | None:
    """Some types of document are for certain sources only."""
    rule = "source-fits-document"
    if not permit.sources:
        return None
    has = set(permit.sources)
    if permit.document == Document.PRE_CONVENTION and not permit.pre_convention:
        return contradicts(
            rule,
            _("A pre-Convention certificate has source O. The paper says %(source)s.")
            % {"source": " ".join(permit.sources)},
            sources.convention("VII(2)"),
        )
    if permit.document == Document.CAPTIVE_BRED and not has & {Origin.CAPTIVE, Origin.PROPAGATED}:
        return contradicts(
            rule,
            _("This certificate is for source C or A. The paper says %(source)s.")
            % {"source": " ".join(permit.sources)},
            sources.convention("VII(5)"),
        )
    if permit.document == Document.FROM_THE_SEA and Origin.SEA not in has:
        return contradicts(
            rule,
            _("A certificate of introduction from the sea has source X. The paper says %(source)s.")
            % {"source": " ".join(permit.sources)},
            sources.FROM_THE_SEA,
        )
    if permit.document == Document.EXHIBITION and not has & MAY_BE_EXHIBITED:
        return contradicts(
            rule,
            _(
                "A travelling exhibition may hold goods of before the Convention, bred in captivity or "
                "propagated. The paper says source %(source)s."
            )
            % {"source": " ".join(permit.sources)},
            sources.convention("VII(7)"),
        )
    return None


def purpose_fits_document(permit: Permit) -> Finding | None:
    """What travels to be kept, shown or played is not for sale."""
    if permit.document not in NOT_FOR_SALE or permit.purpose != Purpose.COMMERCIAL:
        return None
    return contradicts(
        "purpose-fits-document",
        _("This type of paper ends when the thing is sold. Purpose T says that it is for commerce."),
        NOT_FOR_SALE[Document(permit.document)],
    )


def appendix_fits_document(permit: Permit) -> Finding | None:
    """Certificates of origin are for Appendix III; import permits belong to Appendix I."""
    rule = "appendix-fits-document"
    if not permit.appendix:
        return None
    if permit.document == Document.ORIGIN and permit.appendix != Appendix.III:
        return contradicts(
            rule,
            _("A certificate of origin is for Appendix III. The paper says Appendix %(appendix)s.")
            % {"appendix": permit.appendix},
            sources.convention("V(3)"),
        )
    if permit.document == Document.EXPORT and permit.appendix == Appendix.III:
        return ask(
            rule,
            _(
                "Appendix III: an export permit comes from the country that made the listing. From any other "
                "country a certificate of origin is enough. Compare the country with the listing."
            ),
            sources.convention("V"),
        )
    if permit.document == Document.IMPORT and not permit.in_appendix_i:
        return fits(
            rule,
            _(
                "The Convention asks for an import permit in Appendix I only. Some countries ask for one in "
                "Appendix II too, and may."
            ),
            sources.convention("XIV(1)"),
        )
    return None


def import_permit_too(permit: Permit) -> Finding | None:
    """Appendix I needs two papers, unless Article VII lifts the goods out."""
    if not permit.in_appendix_i or not permit.leaves_a_country:
        return None
    if not permit.sources or not UNDER_ARTICLE_III.intersection(permit.sources) or permit.pre_convention:
        return None
    return ask(
        "import-permit-too",
        _("Appendix I also needs an import permit of the country of destination. Ask for it."),
        sources.convention("III(3)"),
    )


def source_is_said(permit: Permit) -> Finding | None:
    """U is allowed, and asks for a reason; no source at all asks for one more."""
    if Origin.UNKNOWN in permit.sources:
        return ask(
            "source-is-said",
            _("Source U: the paper must say why the source is not known. Read the special conditions."),
            sources.SOURCE_CODES,
        )
    if not permit.sources and permit.document != Document.OTHER:
        return ask(
            "source-is-said",
            _("Without a source code, appendix and purpose could not be compared with it."),
            sources.SOURCE_CODES,
        )
    return None


SOURCE_RULES = [
    no_commerce_in_appendix_i,
    registered_is_appendix_i,
    source_fits_kingdom,
    no_hunted_plants,
    sources_go_together,
    source_fits_document,
    purpose_fits_document,
    appendix_fits_document,
    import_permit_too,
    source_is_said,
]
