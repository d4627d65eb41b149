"""Everything that is held about a person, as one file they can keep."""

import json
import tempfile
import zipfile
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from .models import User
from .personal_data import holdings

# Small archives stay in memory, those with many photos go to disk.
IN_MEMORY = 8 * 1024 * 1024


def archive_of(person: User) -> IO[bytes]:
    """A zip: `data.json` with each part under its name, then the files. The caller closes it."""
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    parts = {holding.name: holding.tell(person) for holding in holdings()}
    told = {"made_at": timezone.now(), **parts}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        for holding in holdings():
            for name, source in holding.files(person):
                with source, zipped.open(name, "w") as target:
                    target.write(source.read())
    archive.seek(0)
    return archive
