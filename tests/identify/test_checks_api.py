"""The checks for programs: the rules of the pages, their refusals as problem documents."""

import datetime

import pytest

from accounts.models import ApiToken
from content.models import HSLink
from tests.factories import make_user
from tests.identify.guide import make_item, make_status

pytestmark = pytest.mark.django_db

PERMIT = {
    "document": "export",
    "presented_on": "2026-03-01",
    "issued_on": "2026-01-15",
    "valid_until": "2026-08-15",
}


@pytest.fixture
def token() -> dict[str, str]:
    officer = make_user(roles=("officer",))
    secret = ApiToken.issue(officer, "a program", datetime.timedelta(days=1), scopes=["identify:read"])
    return {"authorization": f"Bearer {secret}"}


def post(client, kind: str, paper: dict, token: dict[str, str]):
    return client.post(
        f"/api/v1/document-checks/{kind}", paper, content_type="application/json", headers=token
    )


def test_a_code_beside_a_thing(client, token):
    ivory = make_item("raw-ivory", {"en": "Raw ivory"})
    make_status(ivory, "I", instrument="cites")
    HSLink.objects.create(item=ivory, code="0507.10", role="proper")
    HSLink.objects.create(item=ivory, code="3926.40", role="misused")

    body = client.get("/api/v1/hs-check", {"code": "392640", "thing": "raw-ivory"}, headers=token).json()

    assert body["verdict"]["relation"] == "hidden"
    assert body["verdict"]["to_consider"][0]["code"] == "0507.10"
    assert body["triggered"][0]["label"] == "CITES I"


def test_a_code_that_is_none_is_a_problem_in_words(client, token):
    response = client.get("/api/v1/hs-check", {"code": "0507"}, headers=token)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unreadable_box"
    assert "this has 4" in response.json()["errors"][0]["what"]


def test_a_permit_that_is_too_long(client, token):
    body = post(client, "cites", PERMIT, token).json()
    (found,) = body["contradicts"]
    assert found["rule"] == "longest-validity"
    assert found["source"] == "CITES, Article VI(2)"
    assert found["verified"] is True
    assert any("quotas" in point for point in body["unseen"])


def test_the_thirty_first_of_february(client, token):
    response = post(client, "cites", {**PERMIT, "issued_on": "2026-02-31"}, token)
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["where"] == ["issued_on"]
    assert "There is no day 2026-02-31" in error["what"]


def test_a_waste_paper(client, token):
    paper = {"document": "movement", "shipped_on": "2026-05-01", "code": "A1180"}
    rules = {one["rule"] for one in post(client, "basel", paper, token).json()["contradicts"]}
    assert rules == {"entry-exists", "movement-has-a-notification"}


def test_a_licence(client, token):
    paper = {"direction": "import", "crossed_on": "2026-05-01", "substance": "R-12", "label": "R-134a"}
    rules = {one["rule"] for one in post(client, "montreal", paper, token).json()["contradicts"]}
    assert rules == {"label-fits-licence", "phased-out"}


def test_words_come_in_the_callers_language(client, token):
    headers = {**token, "accept-language": "fr"}
    response = client.get("/api/v1/hs-check", {"code": "0507.10"}, headers=headers)
    assert response.status_code == 200
    assert response["Content-Language"] == "fr"


def test_a_token_for_sending_only_may_not_check(client):
    officer = make_user(roles=("officer",))
    secret = ApiToken.issue(officer, "x", datetime.timedelta(days=1), scopes=["identify:write"])
    response = client.get(
        "/api/v1/hs-check", {"code": "0507.10"}, headers={"authorization": f"Bearer {secret}"}
    )
    assert response.status_code == 403
    assert response.json()["code"] == "missing_scope"
