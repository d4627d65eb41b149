"""What belongs to no single app."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import FileResponse
from django.views.static import serve


def media(request: HttpRequest, path: str) -> FileResponse:
    """Serve the CMS's public pictures where no web server in front does it; never officers' photos."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["X-Content-Type-Options"] = "nosniff"
    # An HTML or SVG file that somebody uploaded may be looked at, but runs no script of this site.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
