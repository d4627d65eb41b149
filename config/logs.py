"""The log: one line of JSON an event, and nothing in it that says who somebody is.

Kept out: e-mail addresses, query strings, bodies, what an error says (it may repeat what was typed), whole
addresses of pages (they may hold a secret link) and of people's machines. In: the route, the person's number,
the network, where in the code an error was raised, and the request's id, which the answer bears too.
"""

import logging
import re
import traceback
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from pythonjsonlogger.json import JsonFormatter

E_MAIL = re.compile(r"[^\s@'\"<>:;,/()=]+@[^\s@'\"<>:;,/()]+")
QUERY = re.compile(r"\?[^\s'\"]*=[^\s'\"]*")
NUMBERED_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\b", re.IGNORECASE
)
INNERMOST = 12  # places in the code, of an error that went through many
OF_A_REQUEST = ("method", "route", "status", "milliseconds", "user", "network")

TRACEBACK = "\nTraceback (most recent call last)"

request_id: ContextVar[str] = ContextVar("request_id", default="")


class WithoutTaskArguments(logging.Filter):
    """Leaves out what rq says of each task in passing: it repeats what the task was given."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.name.startswith("rq.") and record.levelno < logging.WARNING)


class JsonLines(JsonFormatter):
    """A record as one line; only what is named here goes into it."""

    def add_fields(
        self, log_record: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        log_record["time"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        log_record["level"] = record.levelname.lower()
        log_record["logger"] = record.name
        log_record["message"] = _without_personal_data(record)
        if request_id.get():
            log_record["request_id"] = request_id.get()
        for name in OF_A_REQUEST:
            if hasattr(record, name):
                log_record[name] = getattr(record, name)
        if record.exc_info and record.exc_info[1]:
            log_record["error"] = _raised(record.exc_info[1])


def _without_personal_data(record: logging.LogRecord) -> str:
    if record.name.startswith("django.security."):
        # What was refused as suspicious may be anything; the logger's name says what it was.
        return "Refused: " + record.name.rpartition(".")[2]
    # Some libraries write an error's whole story into the message.
    message = record.getMessage().partition(TRACEBACK)[0]
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        for address in (request.get_full_path(), request.path):
            message = message.replace(address, route_of(request))
    for pattern, instead in ((E_MAIL, "(e-mail)"), (QUERY, "?…"), (NUMBERED_ADDRESS, "(address)")):
        message = pattern.sub(instead, message)
    return message


def _raised(error: BaseException) -> list[dict[str, Any]]:
    """The error and what caused it: kinds and places, never their words or values."""
    chain: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 5:
        frames = traceback.extract_tb(seen.__traceback__)[-INNERMOST:]
        chain.append(
            {
                "type": f"{type(seen).__module__}.{type(seen).__qualname__}",
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return chain


def route_of(request: HttpRequest) -> str:
    """Which kind of page, without what is particular to one: `/learn/<slug:slug>/quiz/`."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no such address)"
