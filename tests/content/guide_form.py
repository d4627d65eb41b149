"""What a browser would send back of an admin form as it was opened."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str | list[str]] = {}
        self._inside = False
        self._select: str | None = None
        self._textarea: str | None = None
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name")
        if tag == "form":
            self._inside = "data-edit-form" in found
        elif tag in ("template", "script"):
            self._templates += 1
        if not self._inside or self._templates:
            return
        if tag == "input" and name:
            kind = found.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in found:
                    self._add(name, found.get("value") or "on")
            elif kind not in ("submit", "button", "file"):
                self.sent[name] = found.get("value") or ""
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self._add(self._select, found.get("value") or "")
        elif tag == "textarea" and name:
            self._textarea, self.sent[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag in ("template", "script"):
            self._templates -= 1
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # A browser leaves out the first line end, and sends the others as the network writes them.
            self.sent[self._textarea] = data.removeprefix("\n").replace("\n", "\r\n")

    def _add(self, name: str, value: str) -> None:
        known = self.sent.get(name)
        if known is None:
            self.sent[name] = value
        else:
            self.sent[name] = [*(known if isinstance(known, list) else [known]), value]


def filled_in(response: HttpResponse) -> dict[str, object]:
    """The fields of the edit form, with the values they were opened with."""
    parser = _Fields()
    parser.feed(response.text)
    return {name: value for name, value in parser.sent.items() if name and not name.startswith("csrf")}
