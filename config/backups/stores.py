"""The stores of files that belong to an installation, local folders and S3 alike, by Django's storage API."""

from collections.abc import Iterator

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

# Made anew by `collectstatic`.
NOT_KEPT = {"staticfiles"}
# Exports named by their digest; one that is already there may stay.
MODELS = "models"
PRIVATE = "private"


def stores() -> dict[str, Storage]:
    """Every store by its name: `default` (the CMS's pictures and documents), `private`, `models`."""
    kept = {name: storages[name] for name in settings.STORAGES if name not in NOT_KEPT}
    return {**kept, MODELS: FileSystemStorage(location=settings.MODELS_ROOT)}


def names_in(store: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files, in order; none where the store was never written to."""
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(names) if name and not name.endswith(".lock"))
    for inner in sorted(folders):
        yield from names_in(store, prefix + inner)
