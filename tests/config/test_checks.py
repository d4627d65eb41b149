"""The house's own rules, as Django's checks."""

from unittest import mock

from django.core.checks import run_checks


def ids() -> set[str]:
    return {message.id for message in run_checks() if message.id.startswith("quaymark.")}


def test_as_it_stands_the_house_keeps_its_rules():
    assert ids() == set()


def test_a_private_store_below_the_public_folder_is_an_error(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "private": {"OPTIONS": {"location": tmp_path / "private"}}}
    assert ids() == {"quaymark.E001"}


def test_a_private_store_with_open_addresses_is_an_error(settings):
    settings.STORAGES = {**settings.STORAGES, "private": {"OPTIONS": {"querystring_auth": False}}}
    assert ids() == {"quaymark.E002"}


def test_a_loosened_policy_is_an_error():
    with mock.patch.dict("config.checks.PAGES", {"script-src": ["'self'", "'unsafe-inline'"]}):
        assert ids() == {"quaymark.E003"}


def test_middleware_in_another_order_is_an_error(settings):
    settings.MIDDLEWARE = settings.MIDDLEWARE[::-1]
    assert "quaymark.E004" in ids()
