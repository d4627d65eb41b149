"""The recogniser follows the guide: photos published or withdrawn change the next answer at once."""

import io
from pathlib import Path

import numpy as np
import pytest
from django_tasks import default_task_backend
from PIL import Image

from content.models import ReferenceItem, ReferencePhoto
from identify import following
from identify.models import Identification, LearnedIndex
from identify.persons_eye import things_for_a_persons_eye
from identify.recogniser import decode, open_recogniser
from tests.content.reference_photos import made_up_photo, make_photo
from tests.identify.guide import make_item
from tests.identify.sending import send
from tests.ml.tiny_backbone import export_tiny

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tiny(tmp_path: Path, settings) -> None:
    """A real but tiny backbone, that knows nothing by name."""
    settings.MODELS_ROOT, settings.BACKBONE = tmp_path, "tiny"
    export_tiny(tmp_path)


@pytest.fixture
def boards(db) -> list[ReferenceItem]:
    """Things without photos, whose numbers are those of their made-up photos."""
    group = make_item("boards", kind="timber")
    return [make_item(key, kind="timber", parent=group) for key in ("agba", "beech", "cedar", "dabema")]


@pytest.fixture
def publish(boards, django_capture_on_commit_callbacks):
    def run(kind: int, numbers: range) -> list[ReferencePhoto]:
        with django_capture_on_commit_callbacks(execute=True):
            return [make_photo(boards[kind], made_up_photo(kind, number)) for number in numbers]

    return run


def ask(kind: int, number: int = 50, of: str = ""):
    return open_recogniser(of).recognise([decode(made_up_photo(kind, number))])


def test_before_any_photo_nothing_is_known(boards):
    assert ask(0).unknown


def test_photos_of_one_thing_are_too_few_to_tell_apart(publish):
    publish(0, range(3))
    learned = LearnedIndex.objects.current()
    assert learned is not None and not learned.file
    assert ask(0).unknown


def test_photos_of_two_things_change_the_next_answer(publish):
    publish(0, range(4))
    publish(1, range(4))
    found = ask(1)
    assert found.candidates[0].item == "beech"
    assert found.versions["index"] == LearnedIndex.objects.current().version


def test_many_photos_are_learned_once_where_the_worker_comes_later(publish, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    publish(0, range(4))
    publish(1, range(4))
    asked_for = [each for each in default_task_backend.results if each.task == following.learn]
    assert [result.args for result in asked_for] == [[LearnedIndex.objects.get().pk]]
    following.learn.call(*asked_for[0].args)
    assert LearnedIndex.objects.get().photos == 8


def test_what_is_published_later_is_known_to_the_same_process(publish):
    publish(0, range(4))
    publish(1, range(4))
    before = ask(2)
    publish(2, range(4))
    assert ask(2).candidates[0].item == "cedar"
    assert before.versions["index"] != ask(2).versions["index"]


def test_withdrawn_photos_are_forgotten(publish, django_capture_on_commit_callbacks):
    publish(0, range(4))
    publish(1, range(4))
    photos = publish(2, range(4))
    with django_capture_on_commit_callbacks(execute=True):
        for photo in photos:
            photo.unpublish()
    assert "cedar" not in {candidate.item for candidate in ask(2).candidates}


def test_deleted_photos_are_forgotten(publish, django_capture_on_commit_callbacks):
    publish(0, range(4))
    publish(1, range(4))
    publish(2, range(4))
    with django_capture_on_commit_callbacks(execute=True):
        ReferencePhoto.objects.filter(item__key="cedar").delete()
    assert "cedar" not in {candidate.item for candidate in ask(2).candidates}


def test_drafts_are_not_learned(publish, boards, django_capture_on_commit_callbacks):
    publish(0, range(4))
    publish(1, range(4))
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(4):
            make_photo(boards[2], made_up_photo(2, number), published=False)
    assert "cedar" not in {candidate.item for candidate in ask(2).candidates}


def test_a_withdrawn_thing_is_not_answered_though_the_index_still_has_it(publish):
    for kind in range(3):
        publish(kind, range(4))
    ReferenceItem.objects.filter(key="cedar").update(live=False)
    assert "cedar" not in {candidate.item for candidate in ask(2).candidates}


def test_only_things_of_the_kind_that_was_asked_for(publish):
    publish(0, range(4))
    publish(1, range(4))
    ReferenceItem.objects.filter(key="beech").update(kind="taxon")
    assert {candidate.item for candidate in ask(0, of="timber").candidates} == {"agba"}
    assert ask(0, of="device").things_known == 0


def test_an_older_index_that_ends_late_does_not_come_back(publish):
    publish(0, range(4))
    publish(1, range(4))
    newest = LearnedIndex.objects.current()
    late = LearnedIndex.objects.create(pk=newest.pk + 5, state="waiting")
    LearnedIndex.objects.filter(pk=newest.pk).update(id=newest.pk + 9)
    following.learn.call(late.pk)
    assert LearnedIndex.objects.get(pk=late.pk).state == "ready"
    assert LearnedIndex.objects.current().pk == newest.pk + 9


def test_a_task_that_runs_twice_learns_once(publish):
    publish(0, range(2))
    learned = LearnedIndex.objects.current()
    following.learn.call(learned.pk)
    again = LearnedIndex.objects.get(pk=learned.pk)
    assert again.ended_at == learned.ended_at


def test_a_worker_that_was_killed_is_followed_by_another(publish):
    publish(0, range(4))
    publish(1, range(4))
    begun = LearnedIndex.objects.create(state="learning")
    following.learn.call(begun.pk)
    begun.refresh_from_db()
    assert begun.state == "ready"


def test_without_a_backbone_it_says_so_and_the_index_before_stays(publish, settings, tmp_path):
    publish(0, range(4))
    publish(1, range(4))
    before = LearnedIndex.objects.current()
    settings.MODELS_ROOT = tmp_path / "nowhere"
    publish(2, range(4))
    failed = LearnedIndex.objects.first()
    assert failed.state == "failed"
    assert "python -m ml export" in failed.problem
    assert LearnedIndex.objects.current() == before


def test_an_index_file_that_is_damaged_leaves_the_names(publish):
    publish(0, range(4))
    publish(1, range(4))
    path = Path(LearnedIndex.objects.current().file.path)
    path.write_bytes(path.read_bytes()[:-7])
    assert ask(0).unknown


def test_old_index_files_are_taken_away(publish):
    for kind in range(4):
        publish(kind, range(3))
    with_file = LearnedIndex.objects.exclude(file="")
    assert with_file.count() == 2
    assert all(Path(learned.file.path).exists() for learned in with_file)


def test_the_trainer_is_told_what_it_did_to_an_item(publish):
    publish(0, range(4))
    publish(1, range(4))
    first = LearnedIndex.objects.current()
    publish(1, range(4, 8))
    second = LearnedIndex.objects.current()
    assert (first.learned_of("beech").photos, second.learned_of("beech").photos) == (4, 8)
    assert second.learned_of("beech").tested == 8
    assert second.learned_of("beech").right > 5
    assert second.learned_of("cedar") is None


def test_photos_of_one_specimen_are_not_tested_on_each_other(boards, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(4):
            make_photo(boards[0], made_up_photo(0, number), specimen="block 1")
            make_photo(boards[1], made_up_photo(1, number))
    learned = LearnedIndex.objects.current().learned_of("agba")
    assert (learned.photos, learned.specimens, learned.tested, learned.calibrated) == (4, 1, 0, False)


def test_what_is_known_by_photos_needs_no_persons_eye(publish, boards):
    def listed() -> set[str]:
        return {item.key for group in things_for_a_persons_eye() for item in group.items}

    before = listed()
    publish(0, range(4))
    publish(1, range(4))
    assert {"agba", "beech", "cedar"} <= before
    assert listed() == {"cedar", "dabema"}


def test_an_identification_keeps_the_version_of_the_index(publish, as_officer):
    publish(0, range(4))
    publish(1, range(4))
    send(as_officer, ("board.png", made_up_photo(1, 50)))
    answer = Identification.objects.get()
    assert answer.candidates[0]["item"] == "beech"
    assert answer.versions["index"] == LearnedIndex.objects.current().version
    assert answer.things_known == 2


def test_a_photo_is_learned_from_the_copy_without_metadata(publish):
    photo = publish(0, range(1))[0]
    kept = np.asarray(Image.open(io.BytesIO(photo.large.read())))
    assert kept.shape[:2] == (48, 64)
