"""What belongs to no single app."""

import mimetypes
import posixpath

from django.contrib.sitemaps import views as sitemaps
from django.core.cache import caches
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.urls import reverse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from content.sitemaps import SITEMAPS

# Wagtail keeps documents beside the pictures, but not everybody may see each: they have a view of their own.
NOT_PUBLIC = "documents/"
# A picture is the same for everybody, whoever is signed in.
KEPT = {"Cache-Control": "public, max-age=3600"}
SITEMAP_SECONDS = 3600
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /documents/
Disallow: /*/accounts/
Disallow: /*/identify/
Disallow: /*/learn/

Sitemap: {sitemap}
"""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """Serve the CMS's public pictures from wherever they are kept; never officers' photos or documents."""
    # From the root, so that no "/" or ".." is left in front, which a store may drop later.
    path = posixpath.normpath(f"/{path}").lstrip("/")
    try:
        if not path or path.lower().startswith(NOT_PUBLIC) or not default_storage.exists(path):
            raise Http404
        changed = int(default_storage.get_modified_time(path).timestamp())
        if (parse_http_date_safe(request.headers.get("If-Modified-Since", "")) or 0) >= changed:
            return HttpResponseNotModified(headers=KEPT)
        file = default_storage.open(path)
    except (SuspiciousFileOperation, IsADirectoryError) as error:
        raise Http404 from error
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind, headers=KEPT)
    response["Last-Modified"] = http_date(changed)
    response["X-Content-Type-Options"] = "nosniff"
    # An HTML or SVG file that somebody uploaded may be looked at, but runs no script of this site.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address in every language, each naming the others; made once an hour for each host.

    What is asked for beside the address makes no difference, so that nobody can fill the cache with copies.
    """
    key = f"sitemap of {request.scheme}://{request.get_host()}"
    made = caches["pages"].get(key)
    if made is None:
        request.GET = QueryDict()
        made = sitemaps.sitemap(request, SITEMAPS).render().content
        caches["pages"].set(key, made, SITEMAP_SECONDS)
    response = HttpResponse(made, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex, noodp, noarchive"
    response["Cache-Control"] = f"max-age={SITEMAP_SECONDS}"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are to leave alone, and where they find the rest."""
    text = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
