"""What a coordinator types for the own administration's notices."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Notice


class NoticeForm(forms.Form):
    """`cleaned_data` gives `kind`, `language`, `title`, `text` and `valid_from`."""

    kind = forms.ChoiceField(label=_("Which one"), choices=Notice.Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("An empty line begins a new paragraph, a hyphen a point of a list."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_valid_from(self) -> object:
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day: nobody can accept it in the past."))
        return day
