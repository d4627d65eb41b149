"""What somebody reads from a label, to look it up and to reckon with."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .numerals import read_number
from .refrigerants.finding import LONGEST

HEAVIEST = Decimal(1_000_000_000)
MOST_CYLINDERS = 1_000_000


class RefrigerantForm(forms.Form):
    """A number or a name, and how much of it."""

    q = forms.CharField(
        label=_("Number or name"),
        max_length=LONGEST,
        help_text=_("From the label or the papers: R-22, HCFC 22, UN 1018, CAS 75-45-6 or a trade name."),
        error_messages={"max_length": _("That is too long. Write only the number or the name.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    mass = forms.CharField(
        label=_("Net mass of one cylinder in kilograms"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    cylinders = forms.IntegerField(
        label=_("Number of cylinders"),
        min_value=1,
        max_value=MOST_CYLINDERS,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_mass(self) -> Decimal | None:
        text = self.cleaned_data["mass"]
        if not text:
            return None
        try:
            mass = read_number(text)
        except ValueError:
            raise ValidationError(_("Write the mass in digits, such as 13.6 or 1000.")) from None
        if not 0 < mass <= HEAVIEST:
            raise ValidationError(_("Write a mass above 0, in kilograms."))
        return mass

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cylinders") and not cleaned.get("mass") and "mass" not in self.errors:
            self.add_error("mass", _("Write the net mass of one cylinder too. It stands on the label."))
        return cleaned

    @property
    def kilograms(self) -> Decimal | None:
        """The net mass of all cylinders together; None where no mass was given."""
        mass: Decimal | None = self.cleaned_data.get("mass")
        return None if mass is None else mass * (self.cleaned_data.get("cylinders") or 1)
