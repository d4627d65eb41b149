"""What to do next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from learning.modules import all_modules, module_at_address
from learning.progress import progress_in, progress_in_all, what_next


def mine(request: HttpRequest) -> HttpResponse:
    """The one thing to do next, then every module with how far one has come."""
    modules = progress_in_all(all_modules(), request.user)
    return render(request, "learning/mine.html", {"modules": modules, "next": what_next(modules)})


def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Send someone to the next step of a module."""
    module = module_at_address(slug)
    if module is None:
        raise Http404
    return redirect(progress_in(module, request.user).next_step.url)
