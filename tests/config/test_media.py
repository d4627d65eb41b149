"""The CMS's public files, served where no web server in front does it."""

import posixpath
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage

pytestmark = pytest.mark.django_db


def test_a_page_that_somebody_uploaded_runs_no_script(client, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "page.html").write_text("<script>alert(document.cookie)</script>")

    response = client.get("/media/page.html")

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_address_leads_out_of_the_folder(client, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret_key").write_text("secret")

    for address in ("/media/../secret_key", "/media/%2e%2e/secret_key", "/media/..%2fsecret_key"):
        assert client.get(address).status_code in (400, 404)


def test_a_picture_is_served_from_whatever_store_it_is_in(client, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    default_storage.save("images/leaf.png", ContentFile(b"a picture"))

    response = client.get("/media/images/leaf.png")

    assert b"".join(response.streaming_content) == b"a picture"
    assert response["Content-Type"] == "image/png"
    again = client.get("/media/images/leaf.png", headers={"if-modified-since": response["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "address", ["/media/documents/plan.pdf", "/media/images/../documents/plan.pdf", "/media/"]
)
def test_a_document_has_no_public_address(client, settings, tmp_path: Path, address: str):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "documents" / "plan.pdf").write_bytes(b"%PDF")

    assert client.get(address).status_code == 404


class KeysOfS3(InMemoryStorage):
    """Takes the parts of a name together as django-storages does for S3: the bucket is the root."""

    def _open(self, name, mode="rb"):
        return super()._open(self._key(name), mode)

    def exists(self, name):
        return super().exists(self._key(name))

    def get_modified_time(self, name):
        return super().get_modified_time(self._key(name))

    @staticmethod
    def _key(name: str) -> str:
        return posixpath.normpath(f"/{name}").lstrip("/")


@pytest.mark.parametrize(
    "before", ["/", "//", "../", "../../", "./", "/../", "images/../../", "/images//../"]
)
@pytest.mark.parametrize("folder", ["documents", "Documents"])
def test_nothing_before_its_folder_makes_a_document_public(client, settings, before: str, folder: str):
    store = f"{KeysOfS3.__module__}.{KeysOfS3.__qualname__}"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": store}}
    default_storage.save(f"{folder}/plan.pdf", ContentFile(b"%PDF"))

    assert client.get(f"/media/{before}{folder}/plan.pdf").status_code == 404
