"""What the identify form asks beside the photos."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import ReferenceItem


class IdentifyForm(forms.Form):
    """`cleaned_data` gives `token` (the same for a form sent twice) and `kind` (empty: of any kind)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"),
        help_text=_("If you are not sure, leave this as it is."),
        required=False,
        choices=[("", _("I don't know, or it could be anything")), *ReferenceItem.Kind.choices],
    )

    def clean_token(self) -> str:
        return str(self.cleaned_data["token"])
