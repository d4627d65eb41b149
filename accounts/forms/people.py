"""What coordinators decide about people."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.addresses import somebodys
from accounts.models import AccessRequest, Administration, User
from accounts.querysets import PersonQuerySet
from accounts.roles import ONLY_ADMINISTRATORS_GRANT, Role

from .access import name_field

REASON_LIMIT = 1000


class PeopleFilter(forms.Form):
    """What the list of people is narrowed down to; `narrow` does it."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any")), *Role.choices])
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("Any")), *User.Standing.choices]
    )

    def narrow(self, people: PersonQuerySet) -> PersonQuerySet:
        """An answer that is none of those offered narrows nothing."""
        wanted = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if wanted.get("q"):
            people = people.found_by(wanted["q"])
        if wanted.get("role"):
            people = people.with_role(wanted["role"])
        if wanted.get("standing"):
            people = people.filter(standing=wanted["standing"])
        return people


class DecisionForm(forms.Form):
    """`cleaned_data` gives `role`, `note` and `approve`."""

    role = forms.ChoiceField(
        label=_("Role"), help_text=_("You can give another role than the one asked for.")
    )
    note = forms.CharField(
        label=_("A note to the person"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, asked: AccessRequest, by: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": asked.role}, **kwargs)
        self.fields["role"].choices = offered(by.roles_to_grant)
        if not by.may_grant([asked.role]):
            self.fields["role"].help_text = ONLY_ADMINISTRATORS_GRANT


class ReasonForm(forms.Form):
    """`cleaned_data` gives `reason` and, where it is the last coordinator, `although_last`."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is kept in the record of this person."),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    although_last = forms.BooleanField(
        label=_("I know that nobody is left who can approve people here."), required=False
    )

    def __init__(self, *args: Any, person: User, by: User, last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.by = person, by
        if not last:
            del self.fields["although_last"]

    def arguments(self) -> dict[str, Any]:
        """What the action takes beside the person and who acts."""
        return dict(self.cleaned_data)


class ReinstatementForm(ReasonForm):
    """A reason alone."""

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class TransferForm(ReasonForm):
    """The other administration too, as `to`."""

    to = forms.ModelChoiceField(
        label=_("Administration"), queryset=Administration.objects.none(), empty_label=_("Choose one")
    )
    field_order = ("to", "reason", "although_last")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "It is kept in the record of this person. The other administration's coordinator reads it too."
        )
        self.fields["to"].queryset = Administration.objects.exclude(pk=self.person.administration_id)


class RolesForm(ReasonForm):
    """The roles too."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, required=False)
    field_order = ("roles", "reason", "although_last")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, initial={"roles": person.held_roles}, **kwargs)
        self.fields["roles"].choices = offered({*self.by.roles_to_grant, *person.held_roles})


class InvitationForm(forms.Form):
    """`cleaned_data` gives `administration`, `email`, `roles`, `language` and the names."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254, validators=[somebodys])
    first_name = name_field(_("First name"), "off", required=False)
    last_name = name_field(_("Last name"), "off", required=False)
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    administration = forms.ModelChoiceField(
        label=_("Administration"), queryset=Administration.objects.all(), empty_label=_("Choose one")
    )

    def __init__(self, *args: Any, coordinator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = offered(coordinator.roles_to_grant)
        only_one(self, coordinator)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "role" in data:
            data["roles"] = [data.pop("role")]
        return data


class StaffListForm(forms.Form):
    """`cleaned_data` gives `administration` and the uploaded `file`."""

    administration = forms.ModelChoiceField(
        label=_("Administration"), queryset=Administration.objects.all(), empty_label=_("Choose one")
    )
    file = forms.FileField(
        label=_("The CSV file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, coordinator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only_one(self, coordinator)


def offered(roles: Collection[str]) -> list[tuple[str, Any]]:
    """These roles as choices."""
    return [choice for choice in Role.choices if choice[0] in roles]


def only_one(form: forms.Form, coordinator: User) -> None:
    """A coordinator isn't asked for which administration: it is the own one, whatever is sent."""
    if not coordinator.is_superuser:
        field = form.fields["administration"]
        field.initial, field.disabled, field.widget = coordinator.administration_id, True, forms.HiddenInput()
