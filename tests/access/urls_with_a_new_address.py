"""The site's addresses, and one that nobody has decided about."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as decided


def new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Everybody reads this.")


urlpatterns = [path("brand/new/", new, name="brand_new"), *decided]
