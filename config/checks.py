"""The house's own rules, looked at whenever Django checks the settings."""

from pathlib import Path
from typing import Any

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from .headers import PAGES

OUTER_TO_INNER = (
    "config.probes.Probes",
    "config.headers.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.LocaleMiddleware",
    "config.errors.ErrorPages",
    "config.maintenance.Maintenance",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)


@register(Tags.security)
def private_files_are_private(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Officers' photos never lie below a served folder, nor in a store that gives out open addresses."""
    found: list[CheckMessage] = []
    options = settings.STORAGES["private"].get("OPTIONS", {})
    if "location" in options:
        private = Path(options["location"]).resolve()
        served = (Path(settings.MEDIA_ROOT).resolve(), Path(settings.STATIC_ROOT).resolve())
        if any(private.is_relative_to(folder) for folder in served):
            found.append(Error("The private store lies below a folder that is served.", id="quaymark.E001"))
    if options.get("base_url") or options.get("querystring_auth") is False:
        found.append(
            Error("The private store gives out addresses that everybody may open.", id="quaymark.E002")
        )
    return found


@register(Tags.security)
def pages_run_nothing_inline(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The policy of the site's own pages stays strict."""
    allowed = {source for sources in PAGES.values() for source in sources}
    if allowed & {UNSAFE_INLINE, UNSAFE_EVAL}:
        return [Error("The pages' policy allows inline or evaluated code.", id="quaymark.E003")]
    return []


@register()
def middleware_stands_in_order(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Probes answer in maintenance; maintenance needs no database; every answer has its policy."""
    places = [settings.MIDDLEWARE.index(name) for name in OUTER_TO_INNER if name in settings.MIDDLEWARE]
    if len(places) < len(OUTER_TO_INNER) or places != sorted(places):
        hint = "From outside to inside: " + ", ".join(OUTER_TO_INNER)
        return [
            Error(
                "MIDDLEWARE lacks some of the house's, or has them in another order.",
                hint,
                id="quaymark.E004",
            )
        ]
    return []
