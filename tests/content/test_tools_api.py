"""The calculator and the protocols for programs: open to read, problems in words and by code."""

import json

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_guide")]

TO_ANGLES = {"surface": "found", "lines": "crossing", "outer": "visible", "picture": "done"}


def look_up(client: Client, **query: str) -> dict:
    response = client.get("/api/v1/refrigerants", query)
    assert response.status_code == 200, response.content
    return response.json()


def walk(client: Client, key: str, answers: dict):
    return client.post(
        f"/api/v1/protocols/{key}/walk", json.dumps({"answers": answers}), content_type="application/json"
    )


def test_a_number_is_found_with_its_potentials(client):
    found = look_up(client, q="freon 22", mass="13.6", cylinders="10")

    assert found["gas"]["key"] == "R-22"
    assert found["gas"]["controls"][0]["annex"] == "C-I"
    assert found["gas"]["warming"][0] == {
        "set": "montreal",
        "least": 1810,
        "most": 1810,
        "unstated_share": 0,
        "tonnes_least": 246.16,
        "tonnes_most": 246.16,
        "source": found["gas"]["warming"][0]["source"],
    }


def test_what_is_not_stated_is_null_and_never_zero(client):
    warming = {one["set"]: one for one in look_up(client, q="R-290", mass="5")["gas"]["warming"]}

    assert (warming["montreal"]["least"], warming["montreal"]["tonnes_least"]) == (None, None)
    assert look_up(client, q="R-290")["gas"]["controls"][0]["annex"] is None


def test_a_number_that_does_not_say_which_lists_what_it_may_be(client):
    found = look_up(client, q="UN 1078")

    assert found["gas"] is None
    assert found["shared_un"] == 1078
    assert "R-410A" in found["may_be"]
    assert "does not say which" in found["warning"]


@pytest.mark.parametrize("query", [{}, {"q": "x" * 101}, {"q": "R-22", "mass": "much"}])
def test_what_cant_be_looked_up_is_a_problem(client, query):
    response = client.get("/api/v1/refrigerants", query)

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["where"][0] == "query"


def test_a_protocol_is_read_with_where_each_answer_leads(client):
    protocol = client.get("/api/v1/protocols/schreger-angles").json()

    assert protocol["safety"].startswith("Wear gloves")
    angles = protocol["steps"][-1]
    assert (angles["kind"], angles["unit"], angles["readings_least"]) == ("measurement", "degree", 5)
    assert [answer["leads_to"] for answer in angles["answers"]] == ["mammoth", "elephant", "undetermined"]


def test_the_list_names_all_protocols(client):
    assert "cylinder-check" in [one["key"] for one in client.get("/api/v1/protocols").json()]


def test_answers_lead_to_an_outcome_which_is_no_proof(client):
    found = walk(
        client, "schreger-angles", {**TO_ANGLES, "angles": ["120", "121", "122", "123", "124"]}
    ).json()

    assert found["outcome"]["key"] == "elephant"
    assert found["steps"][-1]["average"] == "122.000"
    assert (found["at"], found["version"], found["proof"]) == (None, 1, False)


def test_too_few_answers_lead_to_the_next_step(client):
    found = walk(client, "schreger-angles", {"surface": "found"}).json()

    assert (found["at"], found["outcome"]) == ("lines", None)


@pytest.mark.parametrize(
    ("answers", "code", "step"),
    [
        ({"surface": "perhaps"}, "no_answer", "surface"),
        ({"roof": "found"}, "unknown_step", "roof"),
        ({**TO_ANGLES, "angles": ["98"]}, "no_answer", "angles"),
    ],
)
def test_answers_that_are_none_are_a_problem(client, answers, code, step):
    response = walk(client, "schreger-angles", answers)

    assert response.status_code == 422
    assert (response.json()["code"], response.json()["step"]) == (code, step)


def test_a_protocol_that_does_not_exist_is_a_problem(client):
    response = client.get("/api/v1/protocols/unicorn")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")
