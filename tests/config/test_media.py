"""The CMS's public files, served where no web server in front does it."""

from pathlib import Path


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
