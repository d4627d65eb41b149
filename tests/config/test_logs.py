"""The log: lines of JSON in which nobody can be found."""

import io
import json
import logging
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, OperationalError

from config.logs import JsonLines, WithoutTaskArguments
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PERSONAL = ["fatima", "hassan", "203.0.113.77", "2001:db8:1:2:3:4:5:6", PASSWORD, "sealed"]


@pytest.fixture
def lines():
    """What the log's own handler would write, one document a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def test_the_site_writes_its_log_so():
    assert django_settings.LOGGING["handlers"]["lines"]["formatter"] == "json"
    assert django_settings.LOGGING["formatters"]["json"] == {"()": "config.logs.JsonLines"}
    for name in ("", "django"):
        formatters = [type(handler.formatter) for handler in logging.getLogger(name).handlers]
        assert JsonLines in formatters


def test_each_answer_has_a_line_with_what_was_asked_and_by_which_number(client, lines):
    user = make_user("fatima.hassan@customs.example")
    client.force_login(user)
    response = client.get("/en/accounts/password/change/?next=fatima", REMOTE_ADDR="203.0.113.77")
    line = next(one for one in lines() if one["message"] == "request")
    assert line["route"] == "/en/accounts/password/change/"
    assert (line["method"], line["status"], line["user"]) == ("GET", 200, user.pk)
    assert line["network"] == "203.0.113.0/24"
    assert line["request_id"] == response["X-Request-ID"]
    assert line["milliseconds"] >= 0


def test_a_proxys_id_is_kept_if_it_is_one(client, lines):
    assert (
        client.get("/en/accounts/login/", headers={"x-request-id": "abcd-1234"})["X-Request-ID"]
        == "abcd-1234"
    )
    given = '"}\n{"level": "info"'
    assert client.get("/en/accounts/login/", headers={"x-request-id": given})["X-Request-ID"] != given


def provoke(client, error: Exception) -> None:
    client.raise_request_exception = False
    sent = {"login": "fatima.hassan@customs.example", "password": PASSWORD}
    with mock.patch("allauth.account.views.LoginView.form_valid", side_effect=error):
        client.post("/en/accounts/login/?next=/en/fatima/", sent, REMOTE_ADDR="203.0.113.77")


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("DETAIL: Key (email)=(fatima.hassan@customs.example) already exists."),
        ValueError("invalid literal for int() with base 10: 'Fatima Hassan'"),
        OperationalError("sealed 2001:db8:1:2:3:4:5:6"),
    ],
)
def test_what_an_error_repeats_does_not_reach_the_log(client, lines, error):
    make_user("fatima.hassan@customs.example")
    provoke(client, error)
    written = json.dumps(lines()).lower()
    assert type(error).__name__.lower() in written
    assert [word for word in PERSONAL if word.lower() in written] == []


def test_where_in_the_code_an_error_was_raised_does(client, lines):
    make_user("fatima.hassan@customs.example")
    provoke(client, ValueError("Fatima"))
    line = next(one for one in lines() if "error" in one)
    assert line["error"][0]["type"] == "builtins.ValueError"
    assert any("allauth/account/views.py:" in place for place in line["error"][0]["at"])


def test_a_secret_link_is_logged_as_its_kind_of_page(client, lines):
    client.get("/en/accounts/password/reset/key/7-secret-link/")
    client.get("/en/learn/fatima/quiz/", headers={"host": "fatima.example"})
    written = json.dumps(lines())
    assert "secret-link" not in written
    assert "fatima" not in written


def test_personal_data_in_somebody_elses_message_is_covered(lines):
    logging.getLogger("a.library").warning(
        "No mail to %s from %s, see /x/?name=fatima", "fatima.hassan@customs.example", "203.0.113.77"
    )
    logging.getLogger("a.library").warning("From 2001:db8:1:2:3:4:5:6 at 12:30:45")
    first, second = lines()
    assert first["message"] == "No mail to (e-mail) from (address), see /x/?…"
    assert second["message"] == "From (address) at 12:30:45"


def test_an_error_told_within_a_message_is_cut_off(lines):
    story = "Job failed\nTraceback (most recent call last):\nTypeError: expected str, not fatima"
    logging.getLogger("a.library").error(story)
    assert lines()[0]["message"] == "Job failed"


def test_what_a_task_was_given_is_left_out():
    handler = django_settings.LOGGING["handlers"]["lines"]
    assert handler["filters"] == ["tasks"]
    passing = logging.LogRecord("rq.worker", logging.INFO, "", 0, "erase('fatima') (id)", (), None)
    failing = logging.LogRecord("rq.worker", logging.ERROR, "", 0, "erase failed", (), None)
    keeps = WithoutTaskArguments().filter
    assert (keeps(passing), keeps(failing)) == (False, True)


def test_what_came_before_an_error_is_named_too(lines):
    try:
        try:
            raise KeyError("fatima")
        except KeyError as error:
            raise RuntimeError("hassan") from error
    except RuntimeError:
        logging.getLogger("a.library").exception("It failed")
    line = lines()[0]
    assert [error["type"] for error in line["error"]] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert "fatima" not in json.dumps(line) and "hassan" not in json.dumps(line)
