"""The codes of waste papers: entries that begin or end on a day, hazards, and who is in Annex VII."""

import datetime

E_WASTE_CHANGED = datetime.date(2025, 1, 1)
PLASTICS_CHANGED = datetime.date(2021, 1, 1)
# Entries that begin or end on a day. B3010 went when B3011, A3210 and Y48 came.
BEGAN = {
    "A1181": E_WASTE_CHANGED,
    "Y49": E_WASTE_CHANGED,
    "A3210": PLASTICS_CHANGED,
    "B3011": PLASTICS_CHANGED,
    "Y48": PLASTICS_CHANGED,
}
ENDED = {
    "A1180": E_WASTE_CHANGED,
    "B1110": E_WASTE_CHANGED,
    "B4030": E_WASTE_CHANGED,
    "B3010": PLASTICS_CHANGED,
}
ANNEX_II = frozenset({"Y46", "Y47", "Y48", "Y49"})
HAZARDS = frozenset(
    ["H1", "H3", "H4.1", "H4.2", "H4.3", "H5.1", "H5.2", "H6.1", "H6.2", "H8", "H10", "H11", "H12", "H13"]
)
GENERAL_NOTIFICATION_MONTHS = 12
# Annex VII: members of OECD and EU, and Liechtenstein.
ANNEX_VII = frozenset(
    [
        "AT",
        "AU",
        "BE",
        "BG",
        "CA",
        "CH",
        "CL",
        "CO",
        "CR",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GR",
        "HR",
        "HU",
        "IE",
        "IL",
        "IS",
        "IT",
        "JP",
        "KR",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "MX",
        "NL",
        "NO",
        "NZ",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "TR",
        "US",
    ]
)
SIGNED_NOT_RATIFIED = "US"
