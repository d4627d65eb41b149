"""The digest of all that a copy of the guide in one language is made from.

It changes with a word, a listing, a drawing or a page's design, and with the day on which a listing comes
into force; not with another language, a draft, or what is for officers only.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import to_locale
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname

from content.figures import base_of
from content.languages import SOURCE_LANGUAGE
from content.models import (
    Advice,
    CommonName,
    FieldMark,
    Hazard,
    HSLink,
    LegalStatus,
    LookAlike,
    LookAlikeMark,
    Protocol,
    ProtocolAnswer,
    ProtocolOutcome,
    ProtocolStep,
    ReferenceItem,
    ReferencePhoto,
)

from .addresses import STRANGER

CONTENT = Path(__file__).resolve().parent.parent
# When it was written and by whom does not show; how goods are hidden is in no copy.
UNSEEN = {
    *(
        "translated_from",
        "latest_revision",
        "live_revision",
        "has_unpublished_changes",
        "locked",
        "locked_at",
    ),
    *("locked_by", "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired"),
    *("added_at", "concealment", "concealment_source", "concealment_verified", "backbone_classes"),
}


def guide_version(language: str) -> str:
    """Sixteen letters that say which guide it is. Sixteen queries, however large the guide is."""
    found = hashlib.sha256()
    encode = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
    for records in _records():
        found.update(records.model.__name__.encode())
        for row in records.order_by("pk").values(*_fields(records.model, language)):
            found.update(encode(_in_language(row, language)).encode())
    known = ReferenceItem.objects.visible_to(STRANGER).order_by("pk").values_list("pk", "backbone_classes")
    found.update(encode([pk for pk, classes in known if classes]).encode())
    for path in _files(language):
        found.update(_digest_of(path, path.stat().st_mtime_ns))
    return found.hexdigest()[:16]


def _records() -> list[QuerySet[Any]]:
    items = ReferenceItem.objects.visible_to(STRANGER)
    pairs = LookAlike.objects.visible_to(STRANGER)
    return [
        items,
        *(model._default_manager.filter(item__in=items) for model in (CommonName, FieldMark, LegalStatus)),
        HSLink.objects.visible_to(STRANGER).filter(item__in=items),
        ReferenceItem.hazards.through._default_manager.filter(referenceitem__in=items),
        pairs,
        LookAlikeMark.objects.filter(pair__in=pairs),
        ReferencePhoto.objects.visible_to(STRANGER),
        *(model._default_manager.all() for model in (Advice, Hazard, Protocol)),
        *(model._default_manager.all() for model in (ProtocolStep, ProtocolAnswer, ProtocolOutcome)),
    ]


def _fields(model: type[Model], language: str) -> list[str]:
    """What shows of a model's records; of its words, those in the language and the English behind them."""
    try:
        translated = translator.get_options_for_model(model).get_field_names()
    except NotRegistered:
        translated = []
    shown = {language, SOURCE_LANGUAGE}
    columns = {
        build_localized_fieldname(field, code) for field in translated for code, _name in settings.LANGUAGES
    }
    kept = {
        build_localized_fieldname(field, code)
        for field in translated
        if field not in UNSEEN
        for code in shown
    }
    plain = {field.name for field in model._meta.concrete_fields} - columns - set(translated) - UNSEEN
    return sorted(plain | kept)


def _in_language(row: dict[str, Any], language: str) -> dict[str, Any]:
    """A row as readers of the language see it today."""
    if "reviewed" in row:
        row["reviewed"] = row["reviewed"].get(language)
    today = timezone.localdate()
    for name in ("in_force_from", "in_force_until"):
        if row.get(name):
            row[f"{name} has come"] = row[name] <= today if name == "in_force_from" else row[name] < today
    return row


def _files(language: str) -> list[Path]:
    """What pages are made with: code, templates, styles, scripts, drawings, gases, the interface's words."""
    library = CONTENT / "library"
    folders = (library / language.lower(), library / base_of(language), library / SOURCE_LANGUAGE)
    found = [
        *CONTENT.rglob("*.py"),
        *(CONTENT / "templates").rglob("*.html"),
        *(CONTENT / "static").rglob("*.*"),
        *(library / "figures").glob("*.svg"),
        library / "refrigerants.yaml",
        *(folder / "figures.yaml" for folder in folders),
        *(folder / "guide" / "refrigerants.yaml" for folder in folders),
        *(Path(root) / to_locale(language) / "LC_MESSAGES" / "django.po" for root in settings.LOCALE_PATHS),
    ]
    return sorted({path for path in found if path.is_file()})


@lru_cache(maxsize=1024)
def _digest_of(path: Path, _changed: int) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
