"""Sends the identify form as a browser does."""

import uuid

from django.http import HttpResponse
from django.test import Client

from tests.identify.pictures import upload

Sent = tuple[str, bytes]


def send(
    client: Client, *photos: Sent, token: str = "", kind: str = "", language: str = "en"
) -> HttpResponse:
    """Post photos, given as (name, content)."""
    form = {
        "token": token or str(uuid.uuid4()),
        "kind": kind,
        "photos": [upload(content, name) for name, content in photos],
    }
    return client.post(f"/{language}/identify/", form)


def send_to_api(client: Client, *photos: Sent, **headers: str) -> HttpResponse:
    form = {"photos": [upload(content, name) for name, content in photos]}
    return client.post("/api/v1/identifications", form, headers=headers)
