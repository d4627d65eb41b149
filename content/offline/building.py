"""Making the copy of the guide in one language, in the background, and keeping the newest one.

A build takes a worker about half a minute and is made once for all readers; nobody's phone asks the server
for three hundred pages.
"""

import datetime
import gzip
import hashlib
import json
import logging
import mimetypes
import re
from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit
from zlib import crc32

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve
from django.utils import timezone, translation
from django_tasks import task

from content.models import ReferenceItem, ReferencePhoto

from .addresses import STRANGER, addresses, names_path
from .names import names_index
from .version import guide_version

# Small enough to come through on a bad line, large enough not to ask for too many.
PARTS = 24
AGAIN_SECONDS = 600
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the pages: packed as they go over the line, and how much room they take on the phone."""

    digest: str
    packed: bytes
    room: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A small photo, which the phone fetches by its own address."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Build:
    """A whole copy in one language."""

    version: str
    made_at: datetime.datetime
    parts: tuple[Part, ...]
    photos: tuple[Photo, ...]
    things: int

    def part(self, digest: str) -> Part | None:
        return next((part for part in self.parts if part.digest == digest), None)


@dataclass(frozen=True, slots=True)
class _Page:
    """One file of the copy, as it is packed."""

    path: str
    type: str
    body: str
    check: str = ""


def newest(language: str, site: str) -> tuple[Build | None, bool]:
    """The newest copy there is, and whether it is of the guide as it stands; if not, one is being made.

    `site` is the address of the site, for the links in the copy that name it.
    """
    version = guide_version(language)
    found = kept_build(language)
    if found is None or found.version != version:
        # Asked for once a version: one that fails is tried again later, and not by everybody who comes.
        if caches["pages"].add(f"offline-copy-{language}-{version}", True, AGAIN_SECONDS):
            build_copy.enqueue(language, site)
        found = kept_build(language)
    return found, found is not None and found.version == version


def kept_build(language: str) -> Build | None:
    found: Build | None = caches["pages"].get(f"offline-copy-{language}")
    return found


@task()
def build_copy(language: str, site: str) -> None:
    """Make the copy of the guide in a language."""
    with translation.override(language):
        caches["pages"].set(f"offline-copy-{language}", _build(language, site), None)


def _build(language: str, site: str) -> Build:
    version = guide_version(language)
    pages = [page for one in addresses() if (page := _page(one.path, one.check_again_after, site, language))]
    pages += [_static(path) for path in _static_paths(pages)]
    names = json.dumps(names_index(), ensure_ascii=False, separators=(",", ":"))
    pages.append(_Page(names_path(), "application/json", names))
    return Build(
        version,
        timezone.now(),
        tuple(_packed(pages)),
        tuple(
            Photo(photo.get_small_url(), photo.small.size)
            for photo in ReferencePhoto.objects.visible_to(STRANGER)
        ),
        ReferenceItem.objects.visible_to(STRANGER).count(),
    )


def _page(path: str, check: datetime.date | None, site: str, language: str) -> _Page | None:
    """A page as a stranger gets it; None where it is broken, which must not cost officers all the others."""
    request = _request(path, site, language)
    view, arguments, named = resolve(request.path_info)
    try:
        response = view(request, *arguments, **named)
    except Exception:
        log.exception("A page is left out of the copy of the guide: %s", path)
        return None
    return _Page(
        path, "text/html; charset=utf-8", response.content.decode(), check.isoformat() if check else ""
    )


def _request(path: str, site: str, language: str) -> WSGIRequest:
    address, _, query = path.partition("?")
    base = urlsplit(site)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": base.hostname,
            "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
            "HTTP_HOST": base.netloc,
            "wsgi.url_scheme": base.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.user = STRANGER
    request.LANGUAGE_CODE = language
    return request


def _static_paths(pages: list[_Page]) -> list[str]:
    """The styles, scripts and drawings that these pages ask for."""
    asked = re.compile(rf'"({re.escape(settings.STATIC_URL)}[^"?#]+)"')
    return sorted({path for page in pages for path in asked.findall(page.body)})


def _static(path: str) -> _Page:
    name = path.removeprefix(settings.STATIC_URL)
    found = None if staticfiles_storage.exists(name) else finders.find(name)
    with open(found, "rb") if found else staticfiles_storage.open(name) as file:  # noqa: PTH123
        body = file.read().decode()
    return _Page(path, mimetypes.guess_type(name)[0] or "application/octet-stream", body)


def _packed(pages: list[_Page]) -> list[Part]:
    """In parts by address: a new page changes the part that it comes into, and no other."""
    groups: dict[int, list[_Page]] = defaultdict(list)
    for page in pages:
        groups[crc32(page.path.encode()) % PARTS].append(page)
    parts = []
    for _number, group in sorted(groups.items()):
        group.sort(key=lambda page: page.path)
        files = [
            {"path": page.path, "type": page.type, "body": page.body, "check": page.check} for page in group
        ]
        text = json.dumps(files, ensure_ascii=False, separators=(",", ":")).encode()
        digest = hashlib.sha256(text).hexdigest()[:32]
        room = sum(len(page.body.encode()) for page in group)
        parts.append(Part(digest, gzip.compress(text, mtime=0), room, tuple(page.path for page in group)))
    return parts
