"""The copy of the guide that phones keep: what is in it, what is not, and how it is handed out."""

import hashlib

import pytest
from django.test import Client

from content.models import FieldMark, ReferenceItem
from content.offline import building
from content.offline.addresses import Address
from tests.content.offline.copies import files, manifest, unpacked
from tests.content.reference_photos import make_photo
from tests.factories import make_user
from tests.identify.guide import make_item

pytestmark = pytest.mark.django_db


def test_every_live_item_pair_protocol_and_shelf_is_in_it(client, guide):
    kept = files(client)

    assert {f"/en/guide/{key}/" for key in guide} <= kept.keys()
    assert {
        "/en/guide/",
        "/en/guide/search/",
        "/en/guide/compare/laptop/keyboard/",
        "/en/guide/protocols/",
        "/en/guide/protocols/used-or-waste/",
        "/en/guide/conventions/basel/A1181/",
        "/en/guide/codes/8471/",
        "/en/guide/refrigerants/?q=R-404A",
        "/en/guide/offline/",
    } <= kept.keys()


def test_a_draft_is_not_in_it(client, guide):
    ReferenceItem.objects.filter(key="keyboard").update(live=False)

    kept = files(client)

    assert "/en/guide/keyboard/" not in kept and "/en/guide/compare/laptop/keyboard/" not in kept
    assert "Keyboard" not in "".join(file["body"] for file in kept.values())


def test_nothing_that_is_for_officers_is_in_it_even_if_an_officer_asks(guide):
    officer = Client()
    officer.force_login(make_user("officer@customs.example", roles=("officer",)))
    assert "Under the floor of the lorry." in officer.get("/en/guide/ivory-tusk/").text

    kept = files(officer)

    everything = "".join(file["body"] for file in kept.values())
    assert "/en/guide/ivory-tusk/" in kept and "/en/guide/codes/9503/" not in kept
    for secret in ("floor of the lorry", "9503", "officer@customs.example", "hs9503"):
        assert secret not in everything


def test_a_page_in_it_is_the_page_that_a_stranger_gets(client, guide):
    for path, file in files(client).items():
        if path.startswith("/en/guide/") and not path.endswith(".json"):
            assert client.get(path).text == file["body"], path


def test_whoever_asks_first_does_not_say_where_the_site_is(client, guide):
    client.get("/en/guide/offline/manifest.json", headers={"host": "testserver:6666"})

    everything = "".join(file["body"] for file in files(client).values())
    assert "http://testserver/en/guide/" in everything and "6666" not in everything


def test_styles_and_scripts_come_with_it(client, guide):
    kept = files(client)

    assert kept["/static/content/quaymark.css"]["type"] == "text/css"
    assert {"/static/content/guide-search.js", "/static/content/kept-search.js"} <= kept.keys()


def test_sizes_and_digests_are_those_of_what_is_sent(client, guide):
    for part in manifest(client)["parts"]:
        text = unpacked(client, part["address"])

        assert part["bytes"] == len(client.get(part["address"]).content)
        assert part["digest"] == hashlib.sha256(text).hexdigest()[:32]


def test_each_language_has_its_own(client, guide):
    kept = files(client, "ar")

    assert 'lang="ar"' in kept["/ar/guide/laptop/"]["body"]
    assert not [path for path in kept if path.startswith("/en/")]


def test_a_page_with_law_says_when_to_check_it_again(client, guide):
    kept = files(client)

    assert kept["/en/guide/laptop/"]["check"] == "2027-05-23"
    assert kept["/en/guide/compare/laptop/keyboard/"]["check"] == "2027-05-23"
    assert kept["/en/guide/keyboard/"]["check"] == ""


def test_small_photos_are_listed_with_their_sizes(client, guide, no_backbone):
    photo = make_photo(guide["laptop"])
    make_photo(guide["laptop"], published=False)

    assert manifest(client)["photos"] == [{"path": photo.get_small_url(), "bytes": photo.small.size}]


def test_it_is_made_once_a_guide(client, guide):
    manifest(client)
    made_at = building.kept_build("en").made_at
    manifest(client)
    assert building.kept_build("en").made_at == made_at

    FieldMark.objects.filter(item=guide["laptop"]).update(text_en="Look at the hinge.")
    manifest(client)

    assert building.kept_build("en").made_at > made_at


def test_a_changed_word_costs_one_part_and_its_old_part_is_gone(client, guide):
    before = {part["digest"]: part for part in manifest(client)["parts"]}

    FieldMark.objects.filter(item=guide["ivory-tusk"]).update(text_en="Look for crossing lines.")
    after = {part["digest"]: part for part in manifest(client)["parts"]}

    (gone,) = before.keys() - after.keys()
    (new,) = after.keys() - before.keys()
    assert "/en/guide/ivory-tusk/" in after[new]["paths"]
    assert client.get(before[gone]["address"]).status_code == 404


def test_while_it_is_being_made_the_server_says_so(client, guide, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    response = client.get("/en/guide/offline/manifest.json")

    assert response.status_code == 202 and response.json() == {"being_made": True}


def test_until_a_newer_one_is_made_the_last_one_is_offered_under_its_own_date(client, guide, settings):
    manifest(client)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    make_item("tablet")

    offered = manifest(client)

    assert not offered["current"]
    assert offered["as_of"] == building.kept_build("en").made_at.isoformat()


def test_a_broken_page_costs_no_other(client, guide, monkeypatch):
    monkeypatch.setattr(
        building, "addresses", lambda: [Address("/en/guide/nothing/"), Address("/en/guide/laptop/")]
    )

    kept = files(client)

    assert "/en/guide/laptop/" in kept and "/en/guide/nothing/" not in kept


def test_a_part_may_be_kept_by_whatever_lies_between(client, guide):
    response = client.get(manifest(client)["parts"][0]["address"])

    assert "public" in response["Cache-Control"] and "immutable" in response["Cache-Control"]


def test_the_worker_reaches_no_further_than_the_guide(client, guide):
    response = client.get("/fr/guide/offline.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert '"scope": "/fr/guide/"' in response.text and '"language": "fr"' in response.text
    assert "Service-Worker-Allowed" not in response


def test_the_page_says_what_is_kept_and_what_to_do_where_nothing_can_be(client, guide):
    text = client.get("/en/guide/offline/").text

    assert "5 things of the guide" in text and "1 pair of look-alikes" in text
    assert "Print the pocket cards" in text
    assert 'data-scope="/en/guide/" hidden' in text


def test_the_guide_leads_to_it(client, guide):
    assert 'href="/en/guide/offline/"' in client.get("/en/guide/").text
