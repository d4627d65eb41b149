"""What an officer copies from a declaration or a paper. Cleaned data is the paper itself."""

import datetime
import re
from decimal import Decimal
from typing import Any, TypeAlias

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cites_codes import Appendix, Carrier, Document, Kingdom, Origin, Purpose, Stamp, Term, Unit
from .days import DayField, in_words
from .guide_names import LONGEST
from .hs_codes import LONGEST_TYPED, Code, NoSuchCode, read_code
from .licence import Condition, Direction, Licence, Use
from .permit import Permit
from .permit_boxes import plain
from .waste import Consent, WasteDocument, WastePaper

Label: TypeAlias = str | Promise
NOT_READ = gettext_lazy("Not read, or not on the paper")
LARGEST = Decimal(10**12)


def _choice(label: Label, choices: list[tuple[str, Any]], **fields: Any) -> forms.ChoiceField:
    """A choice that may be left open."""
    return forms.ChoiceField(label=label, required=False, choices=[("", NOT_READ), *choices], **fields)


def _country(label: Label, **fields: Any) -> forms.CharField:
    """Two letters as the paper has them: whether a country has them is for a rule to say."""
    return forms.RegexField(
        regex=r"^\s*[A-Za-z]{2}\s*$",
        label=label,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Two letters, such as KE. Look for the code beside the name.")
        },
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "maxlength": 4, "dir": "ltr"}),
        **fields,
    )


def _quantity(label: Label, **fields: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_value=LARGEST,
        min_value=-LARGEST,
        decimal_places=6,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "dir": "ltr"}),
        **fields,
    )


def _day(label: Label, required: bool = False, **fields: Any) -> DayField:
    return DayField(label=label, required=required, **fields)


class HSCheckForm(forms.Form):
    """`cleaned_data` gives `code` (a Code), `thing` and `description`."""

    code = forms.CharField(
        label=gettext_lazy("Declared code"),
        help_text=gettext_lazy("From the declaration, with or without dots. Six digits count: 0507.10."),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
    )
    thing = forms.CharField(
        label=gettext_lazy("What it may be"),
        help_text=gettext_lazy("A name of the guide, in any language, or a scientific name."),
        max_length=LONGEST,
        required=False,
    )
    description = forms.CharField(
        label=gettext_lazy("Description on the declaration"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_code(self) -> Code:
        try:
            return read_code(self.cleaned_data["code"])
        except NoSuchCode as error:
            raise forms.ValidationError(str(error), code="no_such_code") from error


class PaperForm(forms.Form):
    """A form whose fields stand in named groups, as the paper has its boxes."""

    groups: tuple[tuple[Label, tuple[str, ...]], ...] = ()

    def sections(self) -> list[tuple[Label, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    def copied(self) -> list[tuple[Label, str]]:
        """What was copied, box by box, as a page shows it. Boxes that were left open are left out."""
        return [
            (self.fields[name].label or name, shown) for name in self.fields if (shown := self._shown(name))
        ]

    def _shown(self, name: str) -> str:
        value, field = self.cleaned_data.get(name), self.fields[name]
        if value in (None, ""):
            return ""
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])
        if isinstance(value, datetime.date):
            return in_words(value)
        return plain(value) if isinstance(value, Decimal) else str(value)

    def _upper(self, *names: str) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "").strip().upper() for name in names}


class PermitForm(PaperForm):
    """`permit()` gives what was copied from a CITES permit or certificate, one line of it."""

    document = forms.ChoiceField(label=gettext_lazy("Type of paper"), choices=Document)
    carrier = _choice(gettext_lazy("What you hold"), Carrier.choices)
    stamp = _choice(gettext_lazy("Security stamp"), Stamp.choices)
    presented_on = _day(gettext_lazy("Day you hold it"), required=True)
    issued_on = _day(gettext_lazy("Issued on"))
    valid_until = _day(gettext_lazy("Valid until"))
    exported_on = _day(
        gettext_lazy("Goods left on"),
        help_text=gettext_lazy("From the export endorsement, or from the transport document."),
    )
    exporter = _country(gettext_lazy("Exporting or re-exporting country"))
    importer = _country(gettext_lazy("Importing country"))
    country_of_origin = _country(
        gettext_lazy("Country of origin"),
        help_text=gettext_lazy("XX where the paper says that it is not known."),
    )
    origin_permit = forms.CharField(
        label=gettext_lazy("Number of the permit of the country of origin"), required=False, max_length=60
    )
    species = forms.CharField(
        label=gettext_lazy("Scientific name"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"lang": "la", "dir": "ltr", "autocomplete": "off"}),
    )
    kingdom = _choice(gettext_lazy("Animal or plant"), Kingdom.choices)
    appendix = _choice(gettext_lazy("Appendix"), Appendix.choices)
    source = _choice(gettext_lazy("Source"), Origin.choices)
    second_source = _choice(gettext_lazy("Second source code, if there is one"), Origin.choices)
    purpose = _choice(gettext_lazy("Purpose"), Purpose.choices)
    term = _choice(
        gettext_lazy("Description of the goods"),
        Term.choices,
        help_text=gettext_lazy("The three-letter term. Leave it open where yours is not here."),
    )
    quantity = _quantity(gettext_lazy("Quantity on the paper"))
    unit = _choice(gettext_lazy("Unit on the paper"), Unit.choices)
    found_quantity = _quantity(gettext_lazy("Quantity that you found"))
    found_unit = _choice(gettext_lazy("Unit you counted in"), Unit.choices)

    groups = (
        (gettext_lazy("The paper"), ("document", "carrier", "stamp")),
        (gettext_lazy("Days"), ("presented_on", "issued_on", "valid_until", "exported_on")),
        (gettext_lazy("Countries"), ("exporter", "importer", "country_of_origin", "origin_permit")),
        (
            gettext_lazy("Species"),
            ("species", "kingdom", "appendix", "source", "second_source", "purpose"),
        ),
        (gettext_lazy("Goods"), ("term", "quantity", "unit", "found_quantity", "found_unit")),
    )

    def permit(self) -> Permit:
        data = dict(self.cleaned_data)
        codes = (data.pop("source"), data.pop("second_source"))
        data |= self._upper("exporter", "importer", "country_of_origin")
        return Permit(sources=tuple(dict.fromkeys(code for code in codes if code)), **data)


class WasteForm(PaperForm):
    """`paper()` gives what was copied from a Basel document; `thing` may name an item of the guide."""

    document = forms.ChoiceField(label=gettext_lazy("Type of paper"), choices=WastePaper)
    notification_number = forms.CharField(
        label=gettext_lazy("Notification number"), required=False, max_length=60
    )
    shipped_on = _day(gettext_lazy("Day of this shipment"), required=True)
    code = forms.CharField(
        label=gettext_lazy("Basel code"),
        help_text=gettext_lazy("The entry of Annex II, VIII or IX: A1181, Y49, B3011."),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    hazard = forms.CharField(
        label=gettext_lazy("Hazard (H)"),
        help_text=gettext_lazy("Such as H6.1 or H11. Empty where the paper names none."),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    operation = forms.CharField(
        label=gettext_lazy("Operation (D or R)"),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    thing = forms.CharField(
        label=gettext_lazy("What it may be"),
        help_text=gettext_lazy("A name of the guide, in any language."),
        required=False,
        max_length=LONGEST,
    )
    consent = _choice(gettext_lazy("Consent of the country of import"), Consent.choices)
    consented_on = _day(gettext_lazy("Day of that consent"))
    transit_consent = _choice(gettext_lazy("Consent of the countries of transit"), Consent.choices)
    first_departure = _day(gettext_lazy("First departure"))
    last_departure = _day(gettext_lazy("Last departure"))
    exporter = _country(gettext_lazy("Country of export"))
    importer = _country(gettext_lazy("Country of import"))
    notified_tonnes = _quantity(gettext_lazy("Notified in all, in tonnes"))
    shipped_tonnes = _quantity(gettext_lazy("This shipment, in tonnes"))

    groups = (
        (gettext_lazy("The paper"), ("document", "notification_number", "shipped_on")),
        (gettext_lazy("The waste"), ("code", "hazard", "operation", "thing")),
        (gettext_lazy("Consent"), ("consent", "consented_on", "transit_consent")),
        (gettext_lazy("Days and countries"), ("first_departure", "last_departure", "exporter", "importer")),
        (gettext_lazy("Quantity"), ("notified_tonnes", "shipped_tonnes")),
    )

    def clean_code(self) -> str:
        return self._shaped(
            "code", r"[ABY]\d{1,4}", _("A code of the annexes has a letter and digits: A1181.")
        )

    def clean_hazard(self) -> str:
        return self._shaped(
            "hazard", r"H\d{1,2}(\.\d)?", _("A hazard of Annex III has H and a number: H6.1.")
        )

    def clean_operation(self) -> str:
        return self._shaped(
            "operation", r"[DR]\d{1,2}", _("An operation of Annex IV has D or R and a number: R4.")
        )

    def _shaped(self, name: str, pattern: str, message: str) -> str:
        text = "".join(self.cleaned_data[name].upper().split())
        if text and not re.fullmatch(pattern, text, re.ASCII):
            raise forms.ValidationError(message, code="not_a_code")
        return text

    def paper(self) -> WasteDocument:
        data = dict(self.cleaned_data)
        data.pop("thing")
        return WasteDocument(**data | self._upper("exporter", "importer"))


class LicenceForm(PaperForm):
    """`licence()` gives what was copied from an ODS or HFC licence, and what stands on the goods."""

    direction = forms.ChoiceField(label=gettext_lazy("Type of paper"), choices=Direction)
    crossed_on = _day(gettext_lazy("Day the goods cross the border"), required=True)
    issued_on = _day(gettext_lazy("Issued on"))
    valid_until = _day(gettext_lazy("Valid until"))
    substance = forms.CharField(
        label=gettext_lazy("Substance on the licence"),
        help_text=gettext_lazy("As it is written: R-22, HCFC 22, HFC-134a."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    label = forms.CharField(
        label=gettext_lazy("Substance on the label of the container"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    condition = _choice(gettext_lazy("State of the gas"), Condition.choices)
    use = _choice(gettext_lazy("Use on the licence"), Use.choices)
    licensed_kg = _quantity(gettext_lazy("Licensed, in kg"))
    containers = forms.IntegerField(
        label=gettext_lazy("Number of containers"), required=False, min_value=0, max_value=10**7
    )
    kg_each = _quantity(
        gettext_lazy("Gas in each, in kg"),
        help_text=gettext_lazy("The net mass on the label, without the cylinder."),
    )
    exporter = _country(gettext_lazy("Country of export"))
    importer = _country(gettext_lazy("Country of import"))

    groups = (
        (gettext_lazy("The paper"), ("direction", "crossed_on", "issued_on", "valid_until")),
        (gettext_lazy("The gas"), ("substance", "label", "condition", "use")),
        (gettext_lazy("Quantity"), ("licensed_kg", "containers", "kg_each")),
        (gettext_lazy("Countries"), ("exporter", "importer")),
    )

    def licence(self) -> Licence:
        return Licence(**self.cleaned_data | self._upper("exporter", "importer"))


def today() -> dict[str, Any]:
    """What a form starts with: the day on which the paper is looked at."""
    day = timezone.localdate()
    return {"presented_on": day, "shipped_on": day, "crossed_on": day}
