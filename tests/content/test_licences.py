"""A licence is read however its source writes it; what forbids use or is not known is refused in words."""

import pytest

from content.licences import Licence, LicenceRefused, read_licence


@pytest.mark.parametrize(
    ("written", "code", "version"),
    [
        ("CC0", "cc0", "1.0"),
        ("cc0", "cc0", "1.0"),
        ("CC0_1_0", "cc0", "1.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "cc0", "1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "pdm", "1.0"),
        ("Public Domain", "pdm", "1.0"),
        ("CC BY 4.0", "cc-by", "4.0"),
        ("cc-by", "cc-by", ""),
        ("CC_BY_4_0", "cc-by", "4.0"),
        ("http://creativecommons.org/licenses/by/3.0/", "cc-by", "3.0"),
        ("(c) Ana Silva, some rights reserved (CC BY-SA)", "cc-by-sa", ""),
        ("https://creativecommons.org/licenses/by-sa/2.5/deed.en", "cc-by-sa", "2.5"),
        ("pdm", "pdm", "1.0"),
        ("own", "own", ""),
    ],
)
def test_licences_that_let_everybody_use_a_photo(written: str, code: str, version: str):
    assert read_licence(written) == Licence(code, version)


@pytest.mark.parametrize(
    "written",
    ["cc-by-nc", "CC BY-NC-SA 4.0", "CC_BY_NC_4_0", "https://creativecommons.org/licenses/by-nc/4.0/"],
)
def test_one_that_forbids_commercial_use(written: str):
    with pytest.raises(LicenceRefused, match="forbids commercial use"):
        read_licence(written)


@pytest.mark.parametrize(
    "written", ["cc-by-nd", "CC BY-ND 4.0", "http://creativecommons.org/licenses/by-nd/4.0/"]
)
def test_one_that_forbids_changes(written: str):
    with pytest.raises(LicenceRefused, match="forbids changes"):
        read_licence(written)


@pytest.mark.parametrize("written", ["all rights reserved", "© Somebody", "fair use", "MIT"])
def test_one_that_nobody_knows(written: str):
    with pytest.raises(LicenceRefused, match="is not known"):
        read_licence(written)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_none_at_all(written: str | None):
    with pytest.raises(LicenceRefused, match="No licence is given"):
        read_licence(written)


def test_where_it_can_be_read():
    assert Licence("cc-by-sa", "4.0").url == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert Licence("cc-by").url == ""
    assert Licence("own").url == ""
