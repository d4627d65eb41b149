"""A person's own data: what is held, a copy of it, and how to have it erased."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.erasure import LastAdministrator, erase_person
from accounts.archives import archive_of
from accounts.models import AccessLogEntry, User
from accounts.personal_data import holdings


class ErasureForm(forms.Form):
    """The e-mail address of the account, typed: whoever does it by mistake stops there."""

    email = forms.EmailField(
        label=gettext_lazy("Type your e-mail address to confirm"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, person: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        if self.cleaned_data["email"].lower() != self.person.email:
            raise forms.ValidationError(_("This is not the e-mail address of your account."))
        return self.person.email


@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is held about the reader, and what they can do about it."""
    return render(request, "accounts/data.html", {"holdings": holdings()})


@never_cache
@require_POST
def export(request: HttpRequest) -> FileResponse:
    """A copy of everything, as a file."""
    person: User = request.user
    AccessLogEntry.objects.note(
        person,
        AccessLogEntry.Kind.EXPORT,
        str(person.pk),
        how=AccessLogEntry.How.FILE,
        administration=person.administration_id,
    )
    return FileResponse(
        archive_of(person),
        as_attachment=True,
        filename=f"quaymark-{timezone.localdate()}.zip",
        content_type="application/zip",
    )


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask once more (who it is, too), and do it."""
    form = ErasureForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(request.user)
        except LastAdministrator:
            form.add_error(
                None, _("You are the only administrator. Make somebody else one first, then come back.")
            )
        else:
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect("account_login")
    context = {"form": form, "holdings": holdings()}
    return render(request, "accounts/erase.html", context, status=422 if form.is_bound else 200)
