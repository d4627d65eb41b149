"""Where the platform's behaviour has to differ for this site."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.utils.cache import patch_vary_headers


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Chooses the language, but never turns "not found" of the API or of a file into a redirect.

    Django tries a language in front of every address that ends in 404. As Wagtail answers for any address
    below a language, a guessed identification would lead to a page instead of a problem document.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        known = getattr(request, "resolver_match", None) is not None
        if response.status_code == 404 and (known or request.path_info.startswith("/api/")):
            patch_vary_headers(response, ("Accept-Language",))
            return response
        return super().process_response(request, response)
