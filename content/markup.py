"""The little Markdown that content files may use, made into HTML that is safe by construction."""

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from django.utils.safestring import SafeString, mark_safe
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import Registry

ALLOWED_LINKS = ("http://", "https://", "mailto:", "/", "#")
# Markdown's own way to links looks for the end of each bracket, so that many brackets take minutes.
LINK = r"\[([^\[\]]{1,300})\]\(((?:[^()\s]|\([^()\s]{0,200}\)){1,500})\)"
# All else that Markdown knows (headings, quotations, code, references) is shown as it was typed.
BLOCKS = ("empty", "indent", "olist", "ulist", "paragraph")
WORDS = ("escape", "linebreak", "em_strong")
# Six points one within the other, begun on one line: nobody means a list by that.
TOO_DEEP = re.compile(r"^[ \t]*(?:(?:[-+*]|\d+\.)[ \t]+){6}", re.MULTILINE)
BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def to_html(text: str) -> SafeString:
    """Render paragraphs, lists, emphasis and links; quickly, and without failing, whatever somebody types.

    Raw HTML in the text is shown as text: everything is escaped before Markdown sees it, and links
    may only lead to http, https, mailto or a place on this site.
    """
    escaped = html.escape(text, quote=False)
    return mark_safe(_paragraphs(escaped) if TOO_DEEP.search(escaped) else _rendered(escaped))  # noqa: S308


def _rendered(escaped: str) -> str:
    try:
        return markdown.markdown(escaped, output_format="html", extensions=[_Little()])
    except RecursionError:
        return _paragraphs(escaped)


def _paragraphs(escaped: str) -> str:
    return "\n".join(f"<p>{part.strip()}</p>" for part in BETWEEN_PARAGRAPHS.split(escaped) if part.strip())


class _Little(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's name)
        md.preprocessors.deregister("html_block")
        _keep_only(md.parser.blockprocessors, BLOCKS)
        _keep_only(md.inlinePatterns, WORDS)
        md.inlinePatterns.register(_SafeLink(LINK, md), "link", 160)


def _keep_only(registry: Registry[Any], names: tuple[str, ...]) -> None:
    # The private list is the only one that has the names.
    for name in [item.name for item in registry._priority if item.name not in names]:  # type: ignore[attr-defined]
        registry.deregister(name)


class _SafeLink(InlineProcessor):
    """A link, without its address where that leads to a script or another scheme."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        link = Element("a")
        link.text = m[1]
        if m[2].startswith(ALLOWED_LINKS):
            link.set("href", m[2])
        return link, m.start(0), m.end(0)
