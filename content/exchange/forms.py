"""What trainers fill in to bring a file into the guide."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .file_rows import MAX_BYTES
from .importing import READERS


class GuideFileForm(forms.Form):
    """One file. What is in it is looked at by the worker."""

    file = forms.FileField(
        label=_("Spreadsheet (.xlsx) or JSON file (.json)"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(READERS)}),
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if not (upload.name or "").lower().endswith(tuple(READERS)):
            raise ValidationError(_("The file's name must end in .xlsx or .json."))
        if not upload.size:
            raise ValidationError(_("The file is empty."))
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Send it in parts."))
        return upload
