"""One's own account: what is kept, how one signs in, the tokens of one's programs."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.forms.you import LanguageForm, TokenForm
from accounts.models import ApiToken
from accounts.roles import Role

TOKENS_SHOWN = 100


@login_required
def hub(request: HttpRequest) -> HttpResponse:
    """The account at a glance, and the way to everything one may set."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("E-mails come in this language from now on."))
        return redirect("accounts:you")
    roles = [Role(name).label for name in sorted(request.user.roles) if name in Role.values]
    context = {
        "form": form,
        "roles": roles,
        "second_factor": request.user.authenticator_set.exclude(type="recovery_codes").exists(),
        "tokens": request.user.api_tokens.good().count(),
    }
    return render(request, "accounts/you/hub.html", context)


@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "accounts/you/tokens.html",
        {"tokens": request.user.api_tokens.all()[:TOKENS_SHOWN], "may_make": request.user.may_identify},
    )


@never_cache
@login_required
@reauthentication_required()
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret, this once."""
    if not request.user.may_identify or request.user.lacks_second_factor:
        return redirect("accounts:tokens")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        secret = ApiToken.issue(request.user, wanted["name"], wanted["lifetime"], wanted["scopes"])
        return render(request, "accounts/you/token_made.html", {"secret": secret, "name": wanted["name"]})
    return render(request, "accounts/you/make_token.html", {"form": form})


@login_required
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.api_tokens, pk=pk).revoke()
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
