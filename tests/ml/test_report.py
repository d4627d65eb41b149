"""The report of an evaluation: its figures, its pairs, and the page as a browser would read it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.__main__ import main
from ml.evaluate import QueryResult
from ml.photo_sets import PhotoSetError
from ml.report import report
from ml.report_drawings import percent
from ml.report_figures import confusions, reliability, risk_coverage, typical_of, worst_confusions
from ml.report_pairs import Pair, rates, read_pairs

CLASSES = ("elephant", "goat", "mammoth")


def result(
    true: str,
    *probabilities: float,
    photo: Path | str = "a__1.jpg",
    candidates: tuple[int, ...] = (0,),
    seed: int = 0,
) -> QueryResult:
    return QueryResult(
        photos=(Path(photo),),
        true_class=true,
        classes=CLASSES,
        probabilities=np.array(probabilities),
        candidates=candidates,
        unknown_score=None,
        known=None,
        accepted=None,
        calibrated=True,
        seed=seed,
        shots=5,
    )


RESULTS = [
    result("elephant", 0.9, 0.06, 0.04),
    result("elephant", 0.2, 0.1, 0.7),
    result("elephant", 0.3, 0.1, 0.6),
    result("goat", 0.05, 0.9, 0.05),
    result("mammoth", 0.5, 0.1, 0.4),
]


def test_the_matrix_counts_answers_by_what_it_was() -> None:
    found = confusions(RESULTS)
    assert found.classes == CLASSES
    assert found.counts.tolist() == [[1, 0, 2], [0, 1, 0], [1, 0, 0]]
    assert found.shares.sum(axis=1) == pytest.approx([1, 1, 1])


def test_a_reliability_bin_says_what_was_promised_and_what_came_true() -> None:
    bins = reliability(RESULTS)
    assert [each.queries for each in bins] == [1, 1, 1, 2]
    last = bins[-1]
    assert (last.promised, last.kept) == (pytest.approx(0.9), 1.0)
    assert last.low <= last.promised <= last.high
    assert sum(each.queries for each in bins) == len(RESULTS)


def test_the_curve_answers_the_surest_first_and_equals_together() -> None:
    curve = risk_coverage(RESULTS)
    assert curve.coverage == pytest.approx([0.4, 0.6, 0.8, 1.0])
    assert curve.risk == pytest.approx([0, 1 / 3, 2 / 4, 3 / 5])
    assert curve.coverage_at(0.05) == pytest.approx(0.4)
    assert risk_coverage([result("goat", 0.9, 0.1, 0.0)]).coverage_at(0.05) == 0


def test_the_worst_confusion_is_the_largest_share_with_the_surest_photo_first() -> None:
    first, second = worst_confusions(RESULTS, 5)
    assert (first.true_class, first.answer, len(first.wrong), first.asked) == ("mammoth", "elephant", 1, 1)
    assert [float(each.probabilities.max()) for each in second.wrong] == [0.7, 0.6]
    assert [each.true_class for each in typical_of("goat", RESULTS)] == ["goat"]


PAIR = Pair("elephant", "mammoth")


def queries(true: str, alarms: list[bool], specimens: list[str]) -> list[QueryResult]:
    return [
        result(true, 0.4, 0.3, 0.3, photo=f"{specimen}__{n}.jpg", candidates=(0, 2) if alarm else (1, 2))
        for n, (alarm, specimen) in enumerate(zip(alarms, specimens, strict=True))
    ]


def test_missed_is_a_listed_thing_without_and_alarm_an_unlisted_one_with_a_listed_candidate() -> None:
    asked = queries("elephant", [True, True, False, True], list("abcd"))
    asked += queries("mammoth", [True, False, False, False, False], list("efghi"))
    (found,) = rates([PAIR], asked)
    assert found.missed
    assert found.alarms
    assert found.missed.share == pytest.approx(0.25)
    assert found.alarms.share == pytest.approx(0.2)


def test_any_listed_candidate_raises_the_alarm() -> None:
    asked = queries("mammoth", [True], ["e"])
    (_, found) = rates([PAIR, Pair("goat", "mammoth")], asked)
    assert found.alarms
    assert found.alarms.share == 1
    assert found.missed is None


def test_the_interval_counts_specimens_not_photos() -> None:
    alarms = [True] * 20 + [False] * 20
    many = queries("mammoth", alarms, [str(n) for n in range(40)])
    few = queries("mammoth", alarms, ["a"] * 10 + ["b"] * 10 + ["c"] * 10 + ["d"] * 10)
    (wide,), (narrow,) = rates([PAIR], few), rates([PAIR], many)
    assert wide.alarms
    assert narrow.alarms
    assert wide.alarms.share == narrow.alarms.share == 0.5
    assert wide.alarms.high - wide.alarms.low > 2 * (narrow.alarms.high - narrow.alarms.low)
    assert (wide.alarms.queries, wide.alarms.specimens) == (40, 4)


def test_what_never_happened_among_few_specimens_may_still_happen() -> None:
    (found,) = rates([PAIR], queries("mammoth", [False] * 8, list("aabbccdd")))
    assert found.alarms
    assert (found.alarms.share, found.alarms.low) == (0, 0)
    assert found.alarms.high == pytest.approx(1 - 0.025 ** (1 / 4))


def test_the_same_results_give_the_same_interval() -> None:
    asked = queries("mammoth", [True, False, True, False], list("abcd"))
    assert rates([PAIR], asked) == rates([PAIR], asked)


def test_pairs_are_read_with_or_without_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("listed,unlisted\nelephant, mammoth\n\n")
    assert read_pairs(file, CLASSES) == (PAIR,)
    file.write_text("elephant,mammoth\n")
    assert read_pairs(file, CLASSES) == (PAIR,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("elephant\n", "line 1: write two names"),
        ("elephant,mammoth\nelephant,unicorn\n", "line 2: no class unicorn"),
        ("listed,unlisted\n", "holds no pair"),
        (None, "can't be read"),
    ],
)
def test_pairs_that_cannot_be_used_say_where_and_why(
    tmp_path: Path, content: str | None, message: str
) -> None:
    file = tmp_path / "pairs.csv"
    if content is not None:
        file.write_text(content)
    with pytest.raises(PhotoSetError, match=message) as refusal:
        read_pairs(file, CLASSES)
    assert str(file) in str(refusal.value)


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0"), (0.004, "0.4"), (0.254, "25"), (0.996, "99.6"), (1, "100")]
)
def test_a_percentage_is_never_0_or_100_unless_it_is(share: float, said: str) -> None:
    assert percent(share) == f"{said}\N{NO-BREAK SPACE}%"


class Read(HTMLParser):
    """What a page asks for from elsewhere, what is left open, and its pictures without words."""

    VOID = ("meta", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.wordless = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.asked += [value or "" for name, value in attributes if name in ("src", "href", "srcset")]
        self.wordless += tag == "img" and not named.get("alt")
        self.wordless += tag == "svg" and not named.get("aria-label")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        return None

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def shown(tmp_path: Path) -> list[QueryResult]:
    """Results whose photos are there to be shown; names that HTML could take for its own."""
    found = []
    for number, each in enumerate(RESULTS):
        photo = tmp_path / f"<b>{number}.jpg"
        Image.new("RGB", (400, 300), (40 * number, 90, 90)).save(photo, exif=_exif())
        found.append(result(each.true_class, *each.probabilities, photo=photo, seed=number))
    return found


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    return exif


def test_the_page_needs_nothing_beside_it_and_is_whole(shown: list[QueryResult]) -> None:
    read = Read(report(Path("wild<life"), shown, "tiny", [PAIR]))
    assert not read.open
    assert not read.wordless
    assert len(read.asked) == 4
    assert all(address.startswith("data:image/jpeg;base64,") for address in read.asked)


def test_the_page_says_what_was_measured(shown: list[QueryResult]) -> None:
    html = report(Path("wildlife"), shown, "tiny", [PAIR])
    text = re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ")
    assert "3 classes, 5 reference photos each, 5 queries in 5 draws, seen by tiny" in text
    assert "mammoth, called elephant" in text
    assert "The listed one is missed" in text
    assert "40 %" in text
    assert "Not calibrated" not in text


def test_names_of_files_and_folders_are_never_markup(shown: list[QueryResult]) -> None:
    html = report(Path("wild<script>"), shown, "tiny")
    assert "wild&lt;script&gt;" in html
    assert "<b>0.jpg" not in html


def test_without_pairs_or_confusions_their_sections_are_left_out(shown: list[QueryResult]) -> None:
    html = report(Path("wildlife"), [shown[0], shown[3]], "tiny")
    assert "Listed things" not in html
    assert "worst confusions" not in html


def test_the_same_results_give_the_same_page(shown: list[QueryResult]) -> None:
    assert report(Path("w"), shown, "tiny", [PAIR]) == report(Path("w"), shown, "tiny", [PAIR])


def test_probabilities_without_calibration_are_said_to_be_so(shown: list[QueryResult]) -> None:
    assert "Not calibrated" in report(Path("w"), [replace(each, calibrated=False) for each in shown], "tiny")


@pytest.fixture
def photo_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    rng = np.random.default_rng(8)
    for name in ("goat", "mammoth"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(3):
            noise = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8)).resize((320, 240))
            noise.save(tmp_path / "photos" / name / f"{number}.png")
    return tmp_path / "photos"


def test_the_command_looks_at_the_photos_and_writes_the_page(
    photo_folder: Path, models: Path, tmp_path: Path
) -> None:
    out, pairs = tmp_path / "report.html", tmp_path / "pairs.csv"
    pairs.write_text("goat,mammoth\n")
    asked = ["report", str(photo_folder), "--out", str(out), "--pairs", str(pairs), "--models", str(models)]
    assert main([*asked, "--shots", "1", "--seeds", "2"]) == 0
    html = out.read_text()
    assert "2 classes, 1 reference photo each, 8 queries in 2 draws" in html
    assert "goat and mammoth" in html


def test_too_few_photos_for_a_report_are_said(
    photo_folder: Path, models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(photo_folder), "--out", str(tmp_path / "r.html"), "--models", str(models)]
    assert main(asked) == 1
    assert "no class has 7 photos" in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()
