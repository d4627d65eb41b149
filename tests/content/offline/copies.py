"""What a copy of the guide holds, read as a phone reads it."""

import gzip
import json

from django.test import Client


def manifest(client: Client, language: str = "en") -> dict[str, object]:
    response = client.get(f"/{language}/guide/offline/manifest.json")
    assert response.status_code == 200
    return response.json()


def files(client: Client, language: str = "en") -> dict[str, dict[str, str]]:
    """By address, everything that a phone would keep."""
    found = {}
    for part in manifest(client, language)["parts"]:
        for file in json.loads(unpacked(client, part["address"])):
            found[file["path"]] = file
    return found


def unpacked(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Encoding"] == "gzip"
    return gzip.decompress(response.content)
