import time

import pytest

from content.markup import to_html

LONGEST = 20_000  # characters that a form takes


def test_paragraphs_lists_and_emphasis_are_rendered():
    assert to_html("**Stop** first.\n\n- one\n- two") == (
        "<p><strong>Stop</strong> first.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    )


def test_raw_html_is_shown_as_text():
    assert "<script" not in to_html("<script>alert(1)</script>")
    assert "&lt;script&gt;" in to_html("<script>alert(1)</script>")


def test_a_link_to_a_script_loses_its_address():
    assert to_html("[here](javascript:alert)") == "<p><a>here</a></p>"


def test_a_link_to_a_page_keeps_its_address():
    assert 'href="https://www.basel.int/"' in to_html("[Basel](https://www.basel.int/)")


def test_a_picture_from_elsewhere_is_not_fetched():
    assert "<img" not in to_html("![x](https://elsewhere.example/pixel.png)")


def test_what_is_no_link_is_shown_as_typed():
    assert to_html("Seal [A] or [B](") == "<p>Seal [A] or [B](</p>"
    assert to_html("[A]: https://x.example\n\n# Not a heading\n\n> said") == (
        "<p>[A]: https://x.example</p>\n<p># Not a heading</p>\n<p>&gt; said</p>"
    )


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "\\[",
        "[[](",
        "[a](",
        "![",
        "1. ",
        "- ",
        "> - ",
        "> ",
        "*",
        "**a",
        "_a*",
        "`",
        "&",
        "<a",
        "-\n",
        "a\n==\n",
    ],
)
def test_no_text_takes_long_however_odd(part):
    text = part * (LONGEST // len(part))
    start = time.process_time()
    assert to_html(text)
    assert time.process_time() - start < 2


def test_lists_too_deep_to_be_meant_are_plain_paragraphs():
    assert to_html("1. " * 4000 + "one\n\ntwo <b>") == f"<p>{'1. ' * 4000}one</p>\n<p>two &lt;b&gt;</p>"


def test_lists_that_go_deep_line_by_line_are_still_shown():
    text = "\n\n".join("    " * depth + "- " * 5 + "a" for depth in range(90))
    assert to_html(text).count("a") >= 90
