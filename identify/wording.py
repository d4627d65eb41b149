"""Probabilities in words, with the number behind. Never "it is": at most "very probably"."""

from django.utils.translation import gettext, gettext_lazy, ngettext

# The least probability for each word, the surest first.
BANDS = (
    (0.9, gettext_lazy("Very probably")),
    (0.65, gettext_lazy("Probably")),
    (0.3, gettext_lazy("Possibly")),
    (0.05, gettext_lazy("Less likely")),
    (0.0, gettext_lazy("Unlikely, but not ruled out")),
)
# A number that was not calibrated earns no stronger word than this band's.
SUREST_UNCALIBRATED = 1


def likelihood(probability: float, *, calibrated: bool) -> str:
    """A probability as a word."""
    bands = BANDS if calibrated else BANDS[SUREST_UNCALIBRATED:]
    return str(next(word for least, word in bands if probability >= least))


def percent(probability: float) -> int:
    """A whole number from 1 to 99: a photo never makes anything certain or impossible."""
    return min(99, max(1, round(100 * probability)))


def among(probability: float, things: int) -> str:
    """The number behind the word, and what it is a share of."""
    return ngettext(
        "(%(percent)d %% among the %(things)d thing this guide knows)",
        "(%(percent)d %% among the %(things)d things this guide knows)",
        things,
    ) % {"percent": percent(probability), "things": things}


def why_unknown(reason: str) -> str:
    """Why a photo is answered "I don't know"."""
    if reason == "outside_the_guide":
        return gettext("The photo looks more like something that this guide does not know by sight.")
    return gettext("The photo is unlike anything that the recogniser knows.")
