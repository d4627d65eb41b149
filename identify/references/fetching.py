"""Asking other collections and fetching their photos: by HTTPS, from hosts known by name, no more than so
many bytes, and nowhere else, whatever an answer says."""

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy as _

HOSTS = frozenset(
    {
        "api.gbif.org",
        "api.inaturalist.org",
        "inaturalist-open-data.s3.amazonaws.com",
        "static.inaturalist.org",
    }
)
TIMEOUT = (5, 20)  # seconds: to connect, and between two bytes
MAX_ANSWER_BYTES = 10 * 1024 * 1024
CHUNK = 64 * 1024
WHO_ASKS = {"User-Agent": "Quaymark (reference photos for customs training)"}


class NotFetched(Exception):  # noqa: N818
    """Nothing came, or nothing that may be used. The text says why and what to do."""


def ask(address: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that a collection answers with. Raises NotFetched."""
    content = _content(address, parameters, MAX_ANSWER_BYTES)
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotFetched(_("The collection's answer can't be read. Try again later.")) from error
    if not isinstance(answer, dict):
        raise NotFetched(_("The collection's answer can't be read. Try again later."))
    return answer


def fetch_photo(address: str) -> bytes:
    """A photo's file; it is not opened here. Raises NotFetched."""
    return _content(address, None, settings.PHOTO_MAX_BYTES)


def _content(address: str, parameters: dict[str, Any] | None, limit: int) -> bytes:
    _check(address)
    try:
        # A redirect may lead anywhere, so that none is followed.
        with requests.get(
            address, params=parameters, headers=WHO_ASKS, timeout=TIMEOUT, stream=True, allow_redirects=False
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise NotFetched(
                    _("%(host)s answered with the code %(code)d. Try again later.")
                    % {"host": urlsplit(address).hostname, "code": answer.status_code}
                )
            return _limited(answer, limit)
    except requests.RequestException as error:
        raise NotFetched(
            _("%(host)s can't be reached from this server.") % {"host": urlsplit(address).hostname}
        ) from error


def _limited(answer: requests.Response, limit: int) -> bytes:
    content = bytearray()
    for chunk in answer.iter_content(CHUNK):
        content += chunk
        if len(content) > limit:
            raise NotFetched(_("The file is larger than %(megabytes)d MB.") % {"megabytes": limit // 1024**2})
    return bytes(content)


def _check(address: str) -> None:
    parts = urlsplit(address)
    # The host is taken as it stands: one with a port or a name before it is none of ours.
    plain = parts.netloc == parts.hostname
    if parts.scheme != "https" or parts.hostname not in HOSTS or not plain:
        raise NotFetched(_("Photos are fetched from GBIF and iNaturalist only."))
