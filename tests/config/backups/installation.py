"""An installation with one case, and a second, empty one to restore into."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from identify.models import Photo
from tests.factories import make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_item
from tests.identify.pictures import jpeg_with_position

CHECKOUT = Path(__file__).resolve().parents[3]
OFFICER = "officer@example.org"

# Run in the restored installation, which the test's own process knows nothing of.
LOOK = """
import hashlib, json
from django.test import Client
from accounts.models import User
from identify.models import Case, Photo
photo = Photo.objects.get()
client = Client(SERVER_NAME="localhost")
client.force_login(User.objects.get(email="officer@example.org"))
page = client.get(f"/en/identify/{photo.case.public_id}/")
with photo.original.open() as original:
    digest = hashlib.file_digest(original, "sha256").hexdigest()
print(json.dumps({"sha256": digest, "kept": photo.sha256, "page": page.status_code,
                  "named": "Laptop computer" in page.content.decode(), "path": photo.original.name}))
"""


@dataclass
class Empty:
    """The settings of an installation that nobody has used yet."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("MEDIA_ROOT", "PRIVATE_ROOT", "MODELS_ROOT", "SECRET_KEY")
        }
        own = {"DJANGO_SETTINGS_MODULE": "config.settings.demo", "VAR_DIR": str(self.folder)}
        return {**kept, **own, "DATABASE_URL": self.database}

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def look(self) -> dict[str, object]:
        found = self.manage("shell", "--no-imports", "-c", LOOK)
        assert found.returncode == 0, found.stderr
        return json.loads(found.stdout.splitlines()[-1])

    def files(self) -> list[str]:
        """What lies in its stores."""
        roots = [self.folder / name for name in ("media", "private", "models")]
        return sorted(path.name for root in roots for path in root.rglob("*") if path.is_file())


@contextlib.contextmanager
def empty_installation(folder: Path) -> Iterator[Empty]:
    """With a database of the engine that the tests run on."""
    if connection.vendor == "sqlite":
        yield Empty(folder, f"sqlite:///{folder / 'quaymark.sqlite3'}")
        return
    settings = connection.settings_dict
    server = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
    people = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    name = f"running_restored_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"postgresql://{people}@{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield Empty(folder, f"postgres://{people}@{server}/{name}")
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def make_case() -> Photo:
    """An answered case with one photo, and a public file."""
    make_item("laptop", {"en": "Laptop computer"})
    answer = make_answer(make_user(OFFICER, roles=("officer",)), ("laptop", 0.8))
    photo = answer.case.photos.get()
    content = jpeg_with_position()
    photo.original.delete(save=False)
    photo.original.save("original", ContentFile(content), save=False)
    photo.sha256 = hashlib.sha256(content).hexdigest()
    photo.name = "ящик.jpg"
    photo.save()
    storages["default"].save("documents/правила.txt", ContentFile(b"public"))
    return photo
