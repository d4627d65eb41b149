"""What each answer tells the browser: what may run in it, and who may use it."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents.models import Document

from accounts.models import Administration
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def policy(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (one.partition(" ") for one in directives)}


@pytest.mark.parametrize("address", ["/en/accounts/login/", "/ar/nowhere/", "/en/guide/"])
def test_pages_run_and_show_only_what_is_the_sites_own(client, address):
    found = policy(client.get(address))
    assert found["default-src"] == found["frame-ancestors"] == found["base-uri"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["form-action"] == "'self'"


def test_only_the_admin_may_run_what_stands_in_its_pages(client):
    client.force_login(make_user(is_superuser=True))
    found = policy(client.get("/admin/"))
    assert "'unsafe-inline'" in found["script-src"]
    assert found["frame-ancestors"] == "'self'"


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/api/v1/identifications/nothing"])
def test_what_is_data_runs_nothing(client, address):
    found = policy(client.get(address))
    assert found["default-src"] == "'none'" and "sandbox" in found


def test_other_sites_may_not_embed_or_watch_a_page(client):
    response = client.get("/en/accounts/login/")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=(self)" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def test_a_document_is_saved_and_never_shown_in_the_page(client):
    document = Document.objects.create(title="Notes", file=ContentFile(b"%PDF-1.4", name="notes.pdf"))
    response = client.get(document.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in policy(response)


def test_a_page_is_no_document(client):
    client.force_login(make_user(is_superuser=True))
    file = ContentFile(b"<script>alert(1)</script>", name="page.html")
    response = client.post("/admin/documents/add/", {"title": "Page", "file": file})
    assert response.status_code == 200
    assert not Document.objects.exists()


@pytest.mark.parametrize("address", ["/en/accounts/you/", "/en/guide/", "/api/v1/identifications/nothing"])
def test_what_was_made_for_somebody_is_kept_by_nobody_else(client, address):
    client.force_login(make_user())
    assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_what_is_made_for_a_program_is_kept_by_nobody_else(client):
    headers = {"authorization": "Bearer nothing"}
    assert (
        client.get("/api/v1/identifications/nothing", headers=headers)["Cache-Control"] == "private, no-cache"
    )


def test_a_public_picture_may_be_kept_though_somebody_is_signed_in(client):
    default_storage.save("images/kept.png", ContentFile(b"a picture"))
    client.force_login(make_user())
    assert client.get("/media/images/kept.png")["Cache-Control"] == "public, max-age=3600"


def test_a_page_that_shows_a_secret_link_is_kept_nowhere(client, settings):
    settings.MAIL_SERVER_SET = False
    administration = Administration.objects.create(name="Customs of Examplia")
    client.force_login(make_user(roles=("coordinator",), administration=administration))
    invited = {"email": "new@customs.example", "role": "officer", "language": "en"}
    response = client.post("/en/accounts/people/invitations/new/", invited)
    assert "/accounts/invitation/" in response.text
    assert "no-store" in response["Cache-Control"]


def test_no_template_holds_a_style_or_a_script():
    inline = re.compile(r"<style|<script(?![^>]*\ssrc=)(?![^>]*json)|\sstyle=\"|\son[a-z]+=\"|javascript:")
    pages = (path for path in ROOT.glob("*/templates/**/*.html") if "mail" not in path.parts)
    files = [*pages, *ROOT.glob("content/library/figures/*.svg")]
    drawn_by_us = re.compile(r"{%.*?%}", re.DOTALL)
    found = [path.name for path in files if inline.search(drawn_by_us.sub("", path.read_text()))]
    assert len(files) > 90
    assert found == []
