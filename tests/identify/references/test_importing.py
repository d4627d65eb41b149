"""A folder of photos: each row's fate first, then what was shown is done, once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from content.models import ReferencePhoto
from identify.models import PhotoImport
from identify.references.importing import apply_archive, receive_archive
from tests.content.reference_photos import different_jpeg, make_photo
from tests.factories import make_user
from tests.identify.guide import make_item
from tests.identify.references.folder import archive, good_folder, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_backbone")]


@pytest.fixture
def item(db):
    return make_item("rosewood-board", kind="timber")


@pytest.fixture
def trainer(db):
    return make_user(roles=("trainer",))


@pytest.fixture
def receive(trainer, django_capture_on_commit_callbacks):
    def run(files: dict[str, bytes] | bytes) -> PhotoImport:
        content = files if isinstance(files, bytes) else archive(files)
        with django_capture_on_commit_callbacks(execute=True):
            received = receive_archive(SimpleUploadedFile("folder.zip", content), trainer)
        received.refresh_from_db()
        return received

    return run


@pytest.fixture
def apply(django_capture_on_commit_callbacks):
    def run(received: PhotoImport, *, publish: bool = False) -> PhotoImport:
        with django_capture_on_commit_callbacks(execute=True):
            apply_archive(received, publish=publish)
        received.refresh_from_db()
        return received

    return run


def fates(received: PhotoImport) -> list[tuple[str, str]]:
    return list(received.rows.order_by("file").values_list("file", "fate"))


def test_each_row_has_its_fate_and_nothing_is_done(item, receive):
    received = receive(good_folder())
    assert received.state == "shown"
    assert fates(received) == [("a.jpg", "new"), ("b.jpg", "new"), ("c.jpg", "not-named")]
    assert not ReferencePhoto.objects.exists()


def test_what_was_shown_is_done_as_drafts(item, receive, apply, trainer):
    received = apply(receive(good_folder()))
    assert received.state == "applied"
    first, second = ReferencePhoto.objects.order_by("pk")
    assert (first.view, first.specimen, first.author, first.terms.label, first.source) == (
        "end-grain",
        "block 1",
        "Ana Silva",
        "CC BY 4.0",
        "https://wood.example/1",
    )
    assert not first.live and not second.live
    assert first.latest_revision.user == trainer


def test_or_published_at_once(item, receive, apply):
    apply(receive(good_folder()), publish=True)
    assert ReferencePhoto.objects.filter(live=True).count() == 2


def test_done_twice_is_done_once(item, receive, apply):
    received = apply(receive(good_folder()))
    assert not apply_archive(received, publish=False)
    again = apply(receive(good_folder() | {"a.jpg": received.rows.get(file="a.jpg").photo.large.read()}))
    assert again.state == "applied"


def test_a_photo_that_is_here_stays_once(item, receive, apply):
    content = different_jpeg()
    make_photo(item, content)
    received = receive(good_folder() | {"a.jpg": content})
    assert ("a.jpg", "here") in fates(received)
    apply(received)
    assert ReferencePhoto.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "content", "said"),
    [
        ("a.jpg,unicorn-horn,whole,,Ana,CC0,", different_jpeg(), "no thing with the key “unicorn-horn”"),
        ("z.jpg,rosewood-board,whole,,Ana,CC0,", different_jpeg(), "not in the folder"),
        ("a.jpg,rosewood-board,whole,,Ana,CC0,", b"not a photo at all", "photo"),
        ("../secret.jpg,rosewood-board,whole,,Ana,CC0,", different_jpeg(), "not in the folder"),
        ("a.jpg,rosewood-board,whole,,Ana,cc-by-nd,", different_jpeg(), "forbids changes"),
    ],
)
def test_a_row_that_is_refused_costs_no_other(item, receive, row, content, said):
    received = receive(
        {
            "photos.csv": sheet(row, "b.jpg,rosewood-board,whole,,Ana,CC0,"),
            "a.jpg": content,
            "b.jpg": different_jpeg(),
        }
    )
    refused = received.rows.get(fate="refused")
    assert said in refused.reason
    assert ("b.jpg", "new") in fates(received)


def test_the_same_photo_under_two_names(item, receive):
    content = different_jpeg()
    received = receive(good_folder() | {"a.jpg": content, "b.jpg": content})
    assert "the same photo as “a.jpg”" in received.rows.get(file="b.jpg").reason


def test_an_archive_of_a_folder(item, receive):
    received = receive({f"my photos/{name}": content for name, content in good_folder().items()})
    assert ("a.jpg", "new") in fates(received)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no archive", "no ZIP archive"),
        (archive({"a.jpg": different_jpeg()}), "no sheet"),
        (archive({"photos.csv": b"file\n"}), "lacks these columns"),
    ],
)
def test_an_archive_that_can_not_be_read(item, receive, content, said):
    received = receive(content)
    assert received.state == "unreadable"
    assert said in received.problem


def test_a_photo_larger_than_it_says_ends_at_the_limit(item, receive, settings):
    settings.PHOTO_MAX_BYTES = 2_000
    assert "larger than" in receive(good_folder()).rows.get(file="a.jpg").reason


class TestTheCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        for name, content in good_folder().items():
            (tmp_path / name).write_bytes(content)
        return tmp_path

    def test_a_dry_run_says_what_would_come_of_each_row(self, item, folder):
        said = run("import_photos", folder, "--dry-run")
        assert "new        row 2     a.jpg" in said
        assert "not-named  no row    c.jpg" in said
        assert "Would be: 2 new, 1 not-named." in said
        assert not ReferencePhoto.objects.exists()

    def test_it_takes_them_in(self, item, folder):
        assert "Done: 2 new" in run("import_photos", folder, "--publish")
        assert ReferencePhoto.objects.filter(live=True).count() == 2

    def test_a_link_that_leads_out_of_the_folder_is_not_followed(self, item, folder, tmp_path_factory):
        outside = tmp_path_factory.mktemp("outside") / "secret.jpg"
        outside.write_bytes(different_jpeg())
        (folder / "a.jpg").unlink()
        (folder / "a.jpg").symlink_to(outside)
        assert "not in the folder" in run("import_photos", folder, "--dry-run")

    def test_a_folder_without_a_sheet(self, tmp_path):
        with pytest.raises(CommandError, match="no sheet"):
            run("import_photos", tmp_path)


def run(*arguments: object) -> str:
    said = io.StringIO()
    call_command(arguments[0], *map(str, arguments[1:]), stdout=said)
    return said.getvalue()
