"""The pages of the site: home, module list, module, lesson."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.blocks import LessonBody
from content.fields import BodyField

from .questions import Quiz


class SitePage(Page):
    """What all pages share: one slug in every language."""

    class Meta:
        abstract = True

    # Wagtail-localize translates slugs unless told otherwise; one address a page is easier to say and print.
    override_translatable_fields = [SynchronizedField("slug")]


class HomePage(SitePage):
    """The front door: what Quaymark is for, and what it doesn't know."""

    lead = models.TextField(_("lead"))
    teaching_title = models.CharField(_("teaching: title"), max_length=120)
    teaching_text = models.TextField(_("teaching: text"))
    identifying_title = models.CharField(_("identifying: title"), max_length=120)
    identifying_text = models.TextField(_("identifying: text"))
    honesty_title = models.CharField(_("what it doesn't know: title"), max_length=120)
    honesty_text = models.TextField(_("what it doesn't know: text"))

    template = "content/pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.ModuleIndexPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("teaching_title"),
        FieldPanel("teaching_text"),
        FieldPanel("identifying_title"),
        FieldPanel("identifying_text"),
        FieldPanel("honesty_title"),
        FieldPanel("honesty_text"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["modules"] = ModulePage.objects.descendant_of(self).live().order_by("path")
        return context


class ModuleIndexPage(SitePage):
    """The list of modules."""

    intro = models.TextField(_("introduction"))

    template = "content/pages/module_index.html"
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ModulePage"]

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("module list")
        verbose_name_plural = _("module lists")

    @property
    def modules(self) -> PageQuerySet:
        return ModulePage.objects.child_of(self).live().order_by("path")


class ModulePage(SitePage):
    """A module: lessons that belong together, and a quiz at the end."""

    class Topic(models.TextChoices):
        WILDLIFE = "wildlife", _("Wildlife")
        PERMITS = "permits", _("CITES permits")
        WASTE = "waste", _("Hazardous waste")
        OZONE = "ozone", _("Ozone-depleting substances")
        TIMBER = "timber", _("Timber")
        E_WASTE = "e-waste", _("Electronic waste")

    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    summary = models.TextField(_("summary"))
    objectives = BodyField(
        [("objective", SnippetChooserBlock("content.Objective"))], verbose_name=_("objectives"), blank=True
    )
    quiz = models.ForeignKey(
        Quiz, verbose_name=_("quiz"), on_delete=models.PROTECT, related_name="modules", null=True, blank=True
    )

    template = "content/pages/module.html"
    parent_page_types = ["content.ModuleIndexPage"]
    subpage_types = ["content.LessonPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("topic"),
        FieldPanel("summary"),
        FieldPanel("objectives"),
        FieldPanel("quiz"),
    ]
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("topic")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    @cached_property
    def lessons(self) -> list["LessonPage"]:
        """The live lessons of this module in its own language, in order."""
        return list(LessonPage.objects.child_of(self).live().order_by("path"))

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


class LessonPage(SitePage):
    """A lesson: a few minutes of reading, with questions on the way."""

    summary = models.TextField(_("summary"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes to read"), default=5, validators=[MinValueValidator(1)]
    )
    body = BodyField(LessonBody(), verbose_name=_("lesson"))

    template = "content/pages/lesson.html"
    parent_page_types = ["content.ModulePage"]
    subpage_types: list[str] = []

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("minutes"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("slug"), TranslatableField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def module(self) -> ModulePage:
        return self.get_parent().specific

    def question_ids(self) -> set[int]:
        """Primary keys of the questions asked in this lesson."""
        return {block.value.pk for block in self.body if block.block_type == "question" and block.value}

    def block_ids(self) -> list[str]:
        """Ids of the blocks, in order: the same in every language."""
        return [block.id for block in self.body]
