"""From what stands on a label to a gas, or to "this does not say which"."""

import pytest

from content.refrigerants.finding import Meaning, find

ONE_GAS = {
    "R-22": [
        "R22",
        "r-22",
        "R 22",
        "HCFC 22",
        "hcfc-22",
        "freon 22",
        "FREON-22",
        "Freon R-22",
        "22",
        "F22",
        "UN 1018",
        "UN1018",
        "un no. 1018",
        "1018",
        "75-45-6",
        "CAS 75-45-6",
        "CAS No. 75-45-6",
        "Ｒ－２２",
        "Chlorodifluoromethane",
        "R_22",
        "R22 13.6 kg net",
        "R-22 UN 1018",
        "R-٢٢",
    ],
    "R-134a": ["R134a", "HFC-134a", "r 134A", "UN 3159", "811-97-2", "Norflurane", "Klea 134a"],
    "R-410A": ["R410A", "410a", "Puron", "AZ-20", "Suva 9100", "Suva 410A", "HFC-410A", "UN 1078 R-410A"],
    "R-404A": ["REFRIGERANT GAS R 404A", "HP62", "UN 3337", "Forane 404A"],
    "R-407C": ["klea 66", "UN 3340"],
    "R-508B": ["Suva 95"],
    "R-438A": ["MO99", "Isceon MO99", "R438A"],
    "R-449A": ["XP40", "Opteon XP40"],
    "R-507A": ["R-507", "507A"],
    "R-12": ["CFC-12", "R12", "UN 1028", "Dichlorodifluoromethane"],
    "R-13B1": ["Halon 1301", "halon-1301", "1301", "R13B1", "UN 1009"],
    "R-12B1": ["Halon 1211", "R12B1", "BCF"],
    "R-40B1": ["methyl bromide", "MeBr", "UN 1062"],
    "R-290": ["propane", "R290", "HC-290", "UN 1978", "R-22a", "HC-22a"],
    "R-600a": ["isobutane", "600a", "UN 1969"],
    "R-1234yf": ["HFO-1234yf", "1234YF", "754-12-1"],
    "R-1234ze(E)": ["R-1234ze(E)", "HFO 1234ze"],
    "R-1270": ["R1270", "1270", "Propylene", "HO-1270"],
    "R-C318": ["RC318", "R-C318", "C318"],
    "R-717": ["Ammonia", "R717", "UN 1005"],
    "R-744": ["CO2", "carbon dioxide", "r744"],
}


@pytest.mark.parametrize(("text", "key"), [(text, key) for key, texts in ONE_GAS.items() for text in texts])
def test_a_number_or_a_name_means_one_gas(text, key):
    found = find(text)

    assert found.one is not None
    assert found.one.key == key


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("R-134", ["R-134", "R-134a"]),
        ("HFC 134", ["R-134", "R-134a"]),
        ("R-410", ["R-410A", "R-410B"]),
        ("R407", ["R-407A", "R-407B", "R-407C", "R-407F", "R-407H"]),
        ("R-600", ["R-600", "R-600a"]),
        ("HCFC-225", ["R-225ca", "R-225cb"]),
        ("1234", ["R-1234yf", "R-1234ze(E)"]),
    ],
)
def test_a_number_without_its_letter_does_not_say_which(text, may_be):
    found = find(text)

    assert found.one is None
    assert [gas.key for gas in found.gases] == may_be
    assert found.warning == "missing-letter"


@pytest.mark.parametrize("text", ["UN 1078", "un3163", "1078", "UN 3161"])
def test_a_shared_un_number_does_not_say_which(text):
    found = find(text)

    assert found.one is None
    assert found.shared is not None
    assert len(found.gases) > 5
    assert found.warning == "shared-number"


def test_what_burns_is_not_behind_the_number_for_what_does_not():
    does_not_burn = {gas.key for gas in find("UN 1078").gases}
    burns = {gas.key for gas in find("UN 3161").gases}

    assert "R-410A" in does_not_burn
    assert "R-454B" in burns
    assert not does_not_burn & burns


def test_a_gas_with_a_number_of_its_own_is_not_behind_a_shared_one():
    assert not {"R-22", "R-404A", "R-134a"} & {gas.key for gas in find("UN 1078").gases}


def test_a_machine_is_not_said_to_be_a_gas():
    found = find("UN 2857")

    assert found.shared is not None
    assert (found.one, found.gases) == (None, [])


def test_four_digits_can_mean_two_things():
    found = find("1011")

    assert {gas.key for gas in found.gases} == {"R-600", "R-30B1"}
    assert found.warning == "two-meanings"


def test_two_isomers_share_a_un_number():
    assert {gas.key for gas in find("UN 1265").gases} == {"R-601", "R-601a"}


@pytest.mark.parametrize("text", ["HFC-22", "CFC-134a", "HCFC 12"])
def test_letters_that_do_not_fit_the_number_are_a_contradiction(text):
    found = find(text)

    assert found.one is not None
    assert found.warning == "wrong-family"


def test_two_numbers_on_a_label_that_mean_different_gases_contradict():
    found = find("R-22, UN 3159")

    assert {gas.key for gas in found.gases} == {"R-22", "R-134a"}
    assert found.warning == "numbers-differ"


def test_a_name_that_hides_a_gas_that_burns_is_warned_of():
    assert find("R-22a").warning == "hydrocarbon-name"


def test_a_cas_number_that_was_read_wrongly_is_noticed():
    found = find("75-45-7")

    assert (found.meaning, found.gases, found.warning) == (Meaning.CAS, [], "check-digit")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🥶",
        "'; DROP TABLE content_referenceitem--",
        "x" * 5000,
        "R-9999",
        "UN 9999",
        "\x00",
        '"',
        "R",
        "<script>alert(1)</script>",
        "refrigerant",
        "freon",
        "()",
        "٢٢x",
        "-",
    ],
)
def test_what_says_nothing_finds_nothing(text):
    found = find(text)

    assert (found.one, found.gases, found.shared) == (None, [], None)
