"""The blocks a lesson is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.figures import figure_choices

RICH_TEXT = ["bold", "italic", "ol", "ul", "link"]


class CalloutBlock(blocks.StructBlock):
    """A short remark that stands out: go on, check, stop, or a note."""

    tone = blocks.ChoiceBlock(
        choices=[("go", _("Go on")), ("check", _("Check")), ("stop", _("Stop")), ("note", _("Note"))],
        label=_("tone"),
    )
    heading = blocks.CharBlock(label=_("heading"))
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("callout")
        template = "content/blocks/callout.html"


class FigureBlock(blocks.StructBlock):
    """One of the project's own drawings, with its caption and what it shows in words."""

    figure = blocks.ChoiceBlock(choices=figure_choices, label=_("drawing"))
    caption = blocks.CharBlock(label=_("caption"))
    description = blocks.TextBlock(label=_("what it shows, in words"))

    class Meta:
        icon = "image"
        label = _("figure")
        template = "content/blocks/figure.html"


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off, in any order."""

    heading = blocks.CharBlock(label=_("heading"))
    points = blocks.ListBlock(blocks.CharBlock(label=_("point")), label=_("points"))

    class Meta:
        icon = "tasks"
        label = _("checklist")
        template = "content/blocks/checklist.html"


class StepBlock(blocks.StructBlock):
    """One numbered step."""

    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"))


class StepsBlock(blocks.StructBlock):
    """Numbered steps, in this order."""

    heading = blocks.CharBlock(label=_("heading"))
    points = blocks.ListBlock(StepBlock(label=_("step")), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "content/blocks/steps.html"


class LessonBody(blocks.StreamBlock):
    """Everything a lesson may hold."""

    heading = blocks.CharBlock(icon="title", label=_("heading"), template="content/blocks/heading.html")
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("text"), template="content/blocks/text.html")
    callout = CalloutBlock()
    figure = FigureBlock()
    checklist = ChecklistBlock()
    steps = StepsBlock()
    question = SnippetChooserBlock(
        "content.Question", label=_("question"), template="content/blocks/question.html"
    )
    protocol = SnippetChooserBlock(
        "content.Protocol", label=_("protocol"), template="content/blocks/protocol.html"
    )
