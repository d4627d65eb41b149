"""Species, appendix and origin on a paper against the listings of the guide."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from content.checks.permit_check import check_permit
from content.checks.permit_species import scientific_name
from content.models import ReferenceItem
from tests.content.checks.permits import permit
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guide() -> None:
    ivory = make_item("raw-ivory", kind=ReferenceItem.Kind.PRODUCT, form="tusk-or-tooth")
    cites = {"instrument": "cites", "source": "CITES Appendices"}
    south = ["BW", "NA", "ZA", "ZW"]
    african = {"taxa": ["Loxodonta africana"], "populations": south, **cites}
    make_status(ivory, "I", populations_excluded=True, condition_en="All others.", **african)
    make_status(ivory, "II", condition_en="Four populations.", **african)
    rosewood = make_item("rosewood", kind=ReferenceItem.Kind.TIMBER)
    make_status(rosewood, "I", taxa=["Dalbergia nigra"], **cites)
    make_status(rosewood, "II", taxa=["Dalbergia"], annotation="#15", **cites)
    fin = make_item("fin", kind=ReferenceItem.Kind.PRODUCT, form="fin")
    make_status(fin, "II", taxa=["Galeorhinus galeus"], in_force_from=datetime.date(2027, 6, 5), **cites)
    make_item("draft", kind=ReferenceItem.Kind.PRODUCT, live=False)
    make_status(ReferenceItem.objects.get(key="draft"), "I", taxa=["Secretus draftii"], **cites)


def said(rule: str = "listing", **boxes: object) -> str | None:
    return {one.rule: one.outcome.value for one in _findings(**boxes)}.get(rule)


def _findings(**boxes: object) -> list:
    return check_permit(AnonymousUser(), permit(kingdom="", **boxes)).findings.all


IVORY = {"species": "Loxodonta africana", "term": "TUS"}


def test_a_population_that_stayed_in_appendix_i():
    assert said(**IVORY, appendix="I", country_of_origin="KE") == "fits"
    assert said(**IVORY, appendix="II", country_of_origin="KE") == "contradicts"


def test_a_population_that_went_to_appendix_ii():
    assert said(**IVORY, appendix="II", country_of_origin="BW") == "fits"
    assert said(**IVORY, appendix="I", country_of_origin="BW") == "contradicts"


@pytest.mark.parametrize("origin", ["", "XX"])
def test_a_split_listing_can_not_be_compared_without_an_origin(origin):
    assert said(**IVORY, appendix="I", country_of_origin=origin) == "ask"


def test_a_species_goes_before_its_genus():
    assert said(species="Dalbergia nigra", appendix="II") == "contradicts"
    assert said(species="Dalbergia retusa", appendix="II") == "fits"


def test_author_and_upper_case_do_not_hide_a_name():
    assert said(species="DALBERGIA NIGRA (Vell.) Benth.", appendix="I") == "fits"
    assert scientific_name("Dalbergia spp.") == ("Dalbergia", "Dalbergia")
    assert scientific_name("Hippocampus  kuda Bleeker, 1852") == ("Hippocampus", "Hippocampus kuda")


def test_the_annotation_is_never_left_out():
    assert said("annotation", species="Dalbergia retusa", appendix="II") == "ask"


def test_what_the_guide_does_not_hold_is_no_contradiction():
    assert said(species="Panthera tigris", appendix="I") == "ask"


def test_a_listing_that_is_not_in_force_yet_is_said_to_be_so():
    assert said("not-yet-in-force", species="Galeorhinus galeus", appendix="II") == "ask"
    assert said(species="Galeorhinus galeus", appendix="II") == "ask"


def test_the_guide_knows_a_timber_for_a_plant():
    assert said("source-fits-kingdom", species="Dalbergia retusa", sources=("C",)) == "contradicts"


def test_a_draft_says_nothing_to_readers():
    checked = check_permit(AnonymousUser(), permit(species="Secretus draftii"))
    assert checked.law == []


@pytest.mark.parametrize("species", ["😀", "'; DROP TABLE x; --", "%", "_", "a" * 200, "\x00", "spp."])
def test_odd_names_are_looked_up_and_not_found(species):
    assert said(species=species, appendix="II") == "ask"
