"""Potentials and tonnes: each set its own numbers, and "none stated" is never zero."""

from decimal import Decimal

import pytest

from content.refrigerants.records import refrigerants
from content.refrigerants.shown import GasShown
from content.refrigerants.warming import GwpSet, gwp


def of(key: str, name: str):
    return gwp(refrigerants().by_key[key], GwpSet(name))


def shown(key: str, name: str, kilograms: str | None = None):
    gas = GasShown(refrigerants().by_key[key], Decimal(kilograms) if kilograms else None)
    return next(one for one in gas.warming if one.set == name)


@pytest.mark.parametrize(
    ("key", "name", "expected"),
    [
        ("R-22", "montreal", "1810"),
        ("R-22", "ar5", "1760"),
        ("R-134a", "ar6", "1530"),
        ("R-410A", "montreal", "2087.5"),
        ("R-410A", "ar5", "1923.5"),
        ("R-404A", "ar4", "3921.6"),
        ("R-407C", "montreal", "1773.85"),
    ],
)
def test_a_potential_is_that_of_its_set_and_a_blends_is_reckoned_by_mass(key, name, expected):
    found = of(key, name)

    assert found.least == found.most == Decimal(expected)
    assert found.is_whole


def test_the_sets_differ():
    assert len({of("R-410A", name).least for name in ("montreal", "ar5", "ar6")}) == 3


@pytest.mark.parametrize(("key", "name"), [("R-290", "montreal"), ("R-717", "ar6"), ("R-13B1", "montreal")])
def test_none_stated_is_never_zero(key, name):
    one = shown(key, name, "100")

    assert not one.gwp.is_stated
    assert one.text == "none stated"
    assert one.tonnes is None
    assert one.tonnes_text == "not known"
    with pytest.raises(ValueError, match="No potential"):
        one.gwp.tonnes(Decimal(1))


def test_what_a_set_does_not_state_of_a_blend_is_said_and_not_counted():
    one = shown("R-448A", "montreal")

    assert one.text == "1,385.8"
    assert one.unstated_text == "27 % of the mass has none stated and is not counted."


def test_less_than_one_is_shown_so():
    assert shown("R-1234yf", "ar5").text == "below 1"
    assert shown("R-1234yf", "ar5", "1000").tonnes_text == "below 1"
    assert shown("R-448A", "ar5").text == "1,273.2 to 1,273.5"


@pytest.mark.parametrize(
    ("key", "kilograms", "tonnes"),
    [
        ("R-134a", "13.6", "19.45"),
        ("R-410A", "1130", "2,358.9"),
        ("R-22", "1000", "1,810"),
        ("R-744", "1", "0.001"),
    ],
)
def test_tonnes_are_mass_times_potential(key, kilograms, tonnes):
    assert shown(key, "ar4", kilograms).tonnes_text == tonnes


def test_a_very_small_amount_is_not_called_zero():
    assert shown("R-290", "ar6", "1").tonnes_text == "below 0.001"


def test_the_strictest_annex_of_a_blend_comes_first():
    assert refrigerants().by_key["R-502"].annexes == ["A-I", "C-I"]
    assert refrigerants().by_key["R-448A"].annexes == ["F-I"]
    assert refrigerants().by_key["R-441A"].annexes == []


def test_what_burns_or_poisons_is_warned_of_first():
    assert refrigerants().by_key["R-32"].hazard_keys[0] == "flammable-gas"
    assert refrigerants().by_key["R-717"].hazard_keys[0] == "toxic-gas"
    assert refrigerants().by_key["R-22"].hazard_keys[0] == "pressure"
    assert refrigerants().by_key["R-133a"].hazard_keys[:2] == ["toxic-gas", "flammable-gas"]
