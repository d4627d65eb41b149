"""Photos of other collections: named by more than one person, each with its own licence, author and page."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from identify.references.fetching import NotFetched
from identify.references.gbif import search_gbif
from identify.references.inaturalist import search_inaturalist

NAME = "Dalbergia nigra"


def asked(mocked) -> dict[str, list[str]]:
    return parse_qs(urlsplit(mocked.calls[0].request.url).query)


class TestINaturalist:
    def test_it_asks_for_research_grade_and_open_licences(self, inaturalist):
        search_inaturalist(NAME)
        question = asked(inaturalist)
        assert question["taxon_name"] == [NAME]
        assert question["quality_grade"] == ["research"]
        assert question["photo_license"] == ["cc0,cc-by,cc-by-sa"]

    def test_author_licence_and_page_come_with_the_photo(self, inaturalist):
        photo = search_inaturalist(NAME)[0]
        assert photo.image == "https://inaturalist-open-data.s3.amazonaws.com/photos/501/large.jpg"
        assert photo.page == "https://www.inaturalist.org/observations/9000001"
        assert (photo.author, photo.licence, photo.specimen) == ("Ana Silva", "cc-by", "inaturalist 9000001")
        assert photo.refused == ""

    def test_who_gave_no_name_is_named_by_the_account(self, inaturalist):
        assert {"woodwatcher"} == {
            p.author for p in search_inaturalist(NAME) if p.specimen.endswith("9000002")
        }

    def test_a_photo_is_judged_by_its_own_licence(self, inaturalist):
        refused = {
            photo.image.split("/")[-2]: photo.refused for photo in search_inaturalist(NAME) if photo.refused
        }
        assert "commercial use" in refused["502"]
        assert "No licence" in refused["504"]

    def test_what_nobody_confirmed_or_is_another_taxon_is_left_out(self, inaturalist):
        found = {photo.image.split("/")[-2] for photo in search_inaturalist(NAME)}
        assert found == {"501", "502", "503", "504"}


class TestGBIF:
    def test_photos_of_an_observation_of_research_grade_and_of_a_collection(self, gbif):
        taken = [photo for photo in search_gbif(NAME) if not photo.refused]
        assert [(photo.author, photo.licence, photo.page) for photo in taken] == [
            (
                "Ana Silva",
                "http://creativecommons.org/licenses/by/4.0/",
                "https://www.gbif.org/occurrence/2005380410",
            ),
            ("Herbarium of Examplia", "CC0_1_0", "https://www.gbif.org/occurrence/3003"),
        ]

    def test_the_photo_comes_from_gbif_itself(self, gbif):
        # The example in GBIF's own reference of its image cache.
        assert search_gbif(NAME)[0].image == (
            "https://api.gbif.org/v1/image/cache/occurrence/2005380410/media/568639b65b65ddb9090d3d6ef1abce14"
        )

    def test_the_licence_of_the_record_is_not_that_of_the_photo(self, gbif):
        refused = [photo.refused for photo in search_gbif(NAME) if photo.refused]
        assert len(refused) == 2
        assert "commercial use" in refused[0]
        assert "No licence" in refused[1]

    def test_other_observations_are_left_out(self, gbif):
        assert "gbif 4004" not in {photo.specimen for photo in search_gbif(NAME)}

    def test_photos_of_one_record_are_one_specimen(self, gbif):
        assert [photo.specimen for photo in search_gbif(NAME)].count("gbif 3003") == 3


@pytest.mark.parametrize(
    "answer",
    [
        {"body": "<html>"},
        {"json": []},
        {"status": 503},
        {"status": 302, "headers": {"Location": "https://evil.example/"}},
    ],
)
def test_an_answer_that_is_none(elsewhere, answer):
    elsewhere.get("https://api.inaturalist.org/v1/observations", **answer)
    with pytest.raises(NotFetched):
        search_inaturalist(NAME)


@pytest.mark.parametrize(
    "answer", [{}, {"results": None}, {"results": [1, {"media": "x"}, {"photos": [None]}]}]
)
def test_an_answer_of_another_shape_finds_nothing(elsewhere, answer):
    elsewhere.get("https://api.inaturalist.org/v1/observations", json=answer)
    elsewhere.get("https://api.gbif.org/v1/occurrence/search", json=answer)
    assert search_inaturalist(NAME) == search_gbif(NAME) == []


def test_a_collection_that_can_not_be_reached_is_said_so(elsewhere):
    elsewhere.get("https://api.gbif.org/v1/occurrence/search", body=requests.ConnectionError())
    with pytest.raises(NotFetched, match=r"api\.gbif\.org can't be reached"):
        search_gbif(NAME)
