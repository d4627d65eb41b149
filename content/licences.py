"""Reading under which licence a photo may be used, however its source writes it.

Only licences that allow everybody to use, change and sell are taken: the guide is printed, translated, cut
to size, and used by whoever wants to.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LICENCES = {
    "cc0": "CC0",
    "pdm": _("Public domain"),
    "cc-by": "CC BY",
    "cc-by-sa": "CC BY-SA",
    "own": _("Made for this guide, free for everybody to use"),
}
VERSIONS = ("1.0", "2.0", "2.1", "2.5", "3.0", "4.0")

# As addresses, names and codes write them: "…/licenses/by-sa/4.0/", "CC BY-SA 4.0", "CC_BY_SA_4_0".
_CREATIVE_COMMONS = re.compile(r"(?:creativecommons\.org/licenses/|\bcc[ _-]*)(by(?:[ _-]+(?:nc|nd|sa))*)\b")
_VERSION = re.compile(r"(?<!\d)([1-4])[._]([015])(?!\d)")


class LicenceRefused(Exception):  # noqa: N818
    """The photo may not be used, or nobody knows. The text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Licence:
    """`code` is one of LICENCES; `version` such as "4.0", empty where the source gives none."""

    code: str
    version: str = ""

    @property
    def label(self) -> str:
        return f"{LICENCES[self.code]} {self.version}".strip()

    @property
    def url(self) -> str:
        """Where the licence can be read; empty where its version isn't known or it is nowhere."""
        if self.code == "cc0":
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        if self.code == "pdm":
            return "https://creativecommons.org/publicdomain/mark/1.0/"
        if self.code.startswith("cc-") and self.version:
            return f"https://creativecommons.org/licenses/{self.code[3:]}/{self.version}/"
        return ""


def read_licence(text: str | None) -> Licence:
    """The licence that a source names. Raises LicenceRefused."""
    said = (text or "").strip().lower()
    if not said:
        raise LicenceRefused(_("No licence is given. Without one, nobody may use the photo."))
    if said == "own":
        return Licence("own")
    # Of these two there has never been another version.
    if "publicdomain/zero" in said or re.search(r"\bcc[ _-]*0", said) or said == "cc zero":
        return Licence("cc0", "1.0")
    if "publicdomain/mark" in said or re.fullmatch(r"pdm?|public[ _-]domain( mark)?( 1\.0)?", said):
        return Licence("pdm", "1.0")
    found = _CREATIVE_COMMONS.search(re.sub(r"(?<=[a-z])_(?=[a-z\d])", "-", said))
    if found is None:
        raise LicenceRefused(
            _("The licence “%(licence)s” is not known. Use a photo under CC0, CC BY or CC BY-SA.")
            % {"licence": (text or "").strip()[:80]}
        )
    terms = set(re.split(r"[ _-]+", found[1]))
    if "nc" in terms:
        raise LicenceRefused(
            _("The licence forbids commercial use. Look for a photo under CC0, CC BY or CC BY-SA.")
        )
    if "nd" in terms:
        raise LicenceRefused(
            _(
                "The licence forbids changes, such as cutting a photo to size. "
                "Look for one under CC0, CC BY or CC BY-SA."
            )
        )
    version = _VERSION.search(said)
    code = "cc-by-sa" if "sa" in terms else "cc-by"
    return Licence(code, f"{version[1]}.{version[2]}" if version else "")
