"""Who may enter the identification pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def may_identify_required(view: View) -> View:
    """Send strangers to the sign-in page; tell people without the role whom to ask."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.may_identify:
            return render(request, "identify/not_allowed.html", status=403)
        return view(request, *args, **kwargs)

    return checked
