"""What people set about their own account."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope, User


class LanguageForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language"]
        labels = {"language": _("Language of e-mails")}
        help_texts = {"language": ""}


class TokenForm(forms.Form):
    """A name, a number of days, scopes."""

    LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (365, _("A year"))]

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("Such as the name of the program or tablet.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("How long it works"), choices=LIFETIMES, coerce=int, initial=90)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "days" in cleaned:
            cleaned["lifetime"] = datetime.timedelta(days=cleaned["days"])
        return cleaned
