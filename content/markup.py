"""The little Markdown that content files may use, made into HTML that is safe by construction."""

import html
from xml.etree.ElementTree import Element

import markdown
from django.utils.safestring import SafeString, mark_safe
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

ALLOWED_LINKS = ("http://", "https://", "mailto:", "/", "#")


def to_html(text: str) -> SafeString:
    """Render paragraphs, lists, emphasis and links.

    Raw HTML in the text is shown as text: everything is escaped before Markdown sees it, and links
    may only lead to http, https, mailto or a place on this site.
    """
    escaped = html.escape(text, quote=False).replace("&gt;", ">")
    rendered = markdown.markdown(escaped, output_format="html", extensions=[_SafeLinks()])
    return mark_safe(rendered)  # noqa: S308 (escaped above)


class _SafeLinks(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's name)
        # After "inline" (priority 20), which is what makes the links.
        md.treeprocessors.register(_UnlinkUnsafe(md), "unlink_unsafe", 15)
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")


class _UnlinkUnsafe(Treeprocessor):
    """Takes the address from links that lead to a script or another scheme."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if not link.get("href", "").startswith(ALLOWED_LINKS):
                link.attrib.pop("href", None)
