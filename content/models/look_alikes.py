"""Two things that are taken for each other, and how to tell them apart."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from accounts.access import Audience, Open
from content.guide_rules import problems_of_pair
from content.querysets import LookAlikeQuerySet

from .guide import ReferenceItem
from .published import PublishedRecord
from .translated import TranslatedRecord


class LookAlike(PublishedRecord, ClusterableModel):
    """A pair of items. Whether a side is listed follows from its legal status, which may change."""

    key = models.SlugField(_("key"), max_length=100, unique=True)
    first = models.ForeignKey(
        ReferenceItem, verbose_name=_("one thing"), on_delete=models.CASCADE, related_name="taken_for"
    )
    second = models.ForeignKey(
        ReferenceItem, verbose_name=_("the other thing"), on_delete=models.CASCADE, related_name="mistaken_as"
    )
    deciding = models.TextField(_("what decides between them"))

    preview_page = "content.previews.pair_preview"
    reaches = (
        Open(Audience.EVERYBODY, only=Q(live=True, first__live=True, second__live=True)),
        Open(Audience.EDITORS),
    )
    objects = LookAlikeQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-alike")
        verbose_name_plural = _("look-alikes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="look_alike_pair_once"),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="look_alike_of_another",
                violation_error_message=_("A thing is no look-alike of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("guide:compare", args=[self.first.key, self.second.key])

    def publishing_problems(self) -> list[str]:
        return problems_of_pair(self)


class LookAlikeMark(TranslatedRecord):
    """One mark, and how it looks on either side."""

    # Wagtail's name for the field by which an editor's order is kept.
    sort_order_field = "position"

    pair = ParentalKey(LookAlike, on_delete=models.CASCADE, related_name="marks")
    key = models.SlugField(_("key"))
    position = models.PositiveIntegerField(_("position"), default=0)
    mark = models.CharField(_("what to look at"), max_length=160)
    first_side = models.TextField(_("on the one thing"))
    second_side = models.TextField(_("on the other thing"))
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("read by an expert"), default=False)

    class Meta:
        verbose_name = _("distinguishing mark")
        verbose_name_plural = _("distinguishing marks")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["pair", "key"], name="mark_key_once_a_pair")]

    def __str__(self) -> str:
        return self.key
