"""How learning takes over the pages of modules and lessons for people who are signed in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from content.models import LessonPage, ModulePage

from .views import reading

Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


# Not `before_serve_page`: that hook runs before Wagtail has checked who may see the page.
@hooks.register("on_serve_page", order=100)
def serve_to_learner(serve: Serve) -> Serve:
    """Show a module or lesson with the reader's own progress."""

    def serve_page(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        if request.user.is_authenticated:
            if isinstance(page, LessonPage):
                return reading.lesson(request, page)
            if isinstance(page, ModulePage):
                return reading.module(request, page)
        return serve(page, request, args, kwargs)

    return serve_page
