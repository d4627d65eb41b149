"""The door to the recogniser: one loading a process, a new list when the guide changes, plain words when it
is missing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from content.models import ReferenceItem
from identify import recogniser
from identify.models import Case
from tests.identify import pictures
from tests.identify.sending import send, send_to_api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_guide")]
PHOTO = ("laptop.jpg", pictures.jpeg())


def test_without_a_backbone_the_page_says_what_to_do(as_officer, settings, tmp_path):
    settings.MODELS_ROOT = tmp_path

    page = send(as_officer, PHOTO)

    assert page.status_code == 503
    assert "python -m ml export" in page.text
    assert not Case.objects.exists()


def test_without_a_backbone_the_api_says_so(as_officer, settings, tmp_path):
    settings.MODELS_ROOT = tmp_path

    response = send_to_api(as_officer, PHOTO)

    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert "The recogniser is not working." in response.json()["detail"]


def test_the_backbone_is_loaded_once_however_many_ask(models_root, monkeypatch):
    loads = []
    monkeypatch.setattr(recogniser, "_loaded", {})
    real = recogniser.open_backbone
    monkeypatch.setattr(recogniser, "open_backbone", lambda *a, **k: loads.append(1) or real(*a, **k))

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _: recogniser._backbone(models_root, "efficientnet-lite2"), range(8)))

    assert len(found) == len(loads) == 1


def test_what_it_knows_follows_the_guide(models_root):
    before = recogniser.open_recogniser().guide
    item = ReferenceItem.objects.get(key="keyboard")
    item.backbone_classes = []
    item.save()

    after = recogniser.open_recogniser().guide

    assert "keyboard" in {item.key for item in before.items}
    assert "keyboard" not in {item.key for item in after.items}
    assert before.version != after.version


def test_items_that_no_photo_can_find_are_left_out(models_root):
    items = recogniser.open_recogniser().guide.items

    assert {item.key for item in items} == {"electrical-equipment", "laptop", "keyboard", "remote-control"}


def test_a_class_the_backbone_lacks_does_not_stop_the_others(models_root):
    ReferenceItem.objects.filter(key="laptop").update(backbone_classes=["laptop", "tricorder"])

    laptop = next(item for item in recogniser.open_recogniser().guide.items if item.key == "laptop")

    assert laptop.classes == ("laptop",)


def test_one_kind_only(models_root):
    assert recogniser.open_recogniser("product").guide.items == ()
    assert len(recogniser.open_recogniser("device").guide.items) == 4


def test_parents_that_go_in_a_circle_do_not_hang_the_worker(models_root):
    laptop, parent = (ReferenceItem.objects.get(key=key) for key in ("laptop", "electrical-equipment"))
    ReferenceItem.objects.filter(pk=parent.pk).update(parent=laptop)

    with pytest.raises(recogniser.RecogniserUnavailable):
        recogniser.open_recogniser().recognise([recogniser.decode(pictures.jpeg())])
