"""What to look for in the access log."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .models import AccessLogEntry
from .models.access_log import AccessLogQuerySet


class AccessLogForm(forms.Form):
    """A filter of the log; `found_in(entries)` applies what was filled in."""

    person = forms.CharField(label=_("Person"), max_length=150, required=False)
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *AccessLogEntry.Kind.choices]
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def found_in(self, entries: AccessLogQuerySet) -> AccessLogQuerySet:
        if not self.is_valid():
            return entries.none()
        wanted = self.cleaned_data
        for word in wanted["person"].split():
            entries = entries.filter(
                Q(reader__first_name__icontains=word)
                | Q(reader__last_name__icontains=word)
                | Q(reader__email__icontains=word)
            )
        if wanted["kind"]:
            entries = entries.filter(kind=wanted["kind"])
        if wanted["since"]:
            entries = entries.filter(at__date__gte=wanted["since"])
        if wanted["until"]:
            entries = entries.filter(at__date__lte=wanted["until"])
        return entries
