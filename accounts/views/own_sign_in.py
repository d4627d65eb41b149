"""To an administration's own sign-in, and back."""

from collections.abc import Callable

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from accounts.own_sign_in import OwnSignIn

LANGUAGE = "own_sign_in_language"


def start(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the service; a GET asks first."""
    request.session[LANGUAGE] = translation.get_language()
    return _ask_service(OAuth2LoginView.adapter_view, request, key)


def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in whom the service has sent back, in the language they left in."""
    with translation.override(request.session.get(LANGUAGE, settings.LANGUAGE_CODE)):
        return _ask_service(OAuth2CallbackView.adapter_view, request, key)


def _ask_service(view_of: Callable, request: HttpRequest, key: str) -> HttpResponse:
    try:
        return view_of(OwnSignIn(request, key))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (requests.RequestException, KeyError):
        # The service is down, or what answers at its address is none.
        return render(request, "socialaccount/authentication_error.html", status=502)


def connections(request: HttpRequest) -> HttpResponse:
    """Stand in for allauth's page of connected accounts: the administration decides who signs in how."""
    return redirect("accounts:you")
