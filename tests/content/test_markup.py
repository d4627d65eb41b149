from content.markup import to_html


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
