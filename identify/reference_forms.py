"""What trainers fill in to bring photos into the guide."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from content.models import ReferenceItem, ReferencePhoto

from .references.adding import OpenedPhoto, PhotoNotTaken, open_photo, put_in_files
from .references.found import FoundPhoto
from .references.taking import COLLECTIONS, MOST_AT_ONCE


class ReferencePhotoForm(WagtailAdminModelForm):
    """A photo's facts; its file is given once, and never changed."""

    file = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP, HEIC or AVIF. It is made anew without what the camera wrote into it, "
            "such as the place."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opened: OpenedPhoto | None = None
        if self.instance.pk:
            del self.fields["file"]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is None:
            raise ValidationError(_("Choose the photo's file."))
        if upload.size > settings.PHOTO_MAX_BYTES:
            raise ValidationError(_("The file is larger than 25 MB. Send a smaller copy."))
        path = getattr(upload, "temporary_file_path", None)
        try:
            self._opened = open_photo(Path(path()) if path else upload.read())
        except PhotoNotTaken as reason:
            raise ValidationError(str(reason)) from reason
        return upload

    def save(self, commit: bool = True) -> ReferencePhoto:
        if self._opened is not None:
            put_in_files(self.instance, self._opened)
        return super().save(commit)


class ArchiveForm(forms.Form):
    """A folder of photos and its sheet, as one archive."""

    archive = forms.FileField(label=_("ZIP archive"))


class SearchForm(forms.Form):
    """What to look for in which collection, and what it is a photo of."""

    item = forms.ModelChoiceField(
        ReferenceItem.objects.none(),
        label=_("Thing of the guide"),
        # As wide as the page, not as its longest name: a phone has no room for that.
        widget=forms.Select(attrs={"class": "w-w-full"}),
    )
    collection = forms.ChoiceField(
        choices=[(key, name) for key, (name, _search) in COLLECTIONS.items()], label=_("Collection")
    )
    name = forms.CharField(
        max_length=120,
        required=False,
        label=_("Scientific name"),
        help_text=_("Empty: the item's own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = ReferenceItem.objects.prefetch_related("common_names")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        item = cleaned.get("item")
        cleaned["name"] = cleaned.get("name", "").strip() or (item.scientific_name if item else "")
        if item and not cleaned["name"]:
            self.add_error(
                "name", _("This thing has no scientific name in the guide. Give one to search by.")
            )
        return cleaned


class TakeForm(forms.Form):
    """The photos that were ticked."""

    item = forms.ModelChoiceField(ReferenceItem.objects.all())
    view = forms.ChoiceField(choices=ReferencePhoto.View, label=_("what they show"))
    photos = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked = self.data.getlist("photos") if self.data else []
        self.fields["photos"].choices = [(signed, "") for signed in ticked]

    def clean_photos(self) -> list[FoundPhoto]:
        signed = self.cleaned_data["photos"]
        if not signed:
            raise ValidationError(_("Tick at least one photo."))
        if len(signed) > MOST_AT_ONCE:
            raise ValidationError(_("Take at most %(number)d photos at a time.") % {"number": MOST_AT_ONCE})
        try:
            return [FoundPhoto.from_signed(each) for each in signed]
        except BadSignature as error:
            raise ValidationError(_("This search is more than a day old. Search again.")) from error
