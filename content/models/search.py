"""The words by which items of the guide are found. Made from the items (content/searching), never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Audience, Open, ReachQuerySet

from .guide import ReferenceItem


class SearchTerm(models.Model):
    """One word that leads to an item, and how much of the item's name it is."""

    item = models.ForeignKey(
        ReferenceItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="search_terms"
    )
    word = models.CharField(_("word"), max_length=50, db_index=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    for_officers = models.BooleanField(_("for officers only"), default=False)

    # A draft is found by those who write the guide; what goods are hidden under, by those who look for them.
    reaches = (
        Open(Audience.EVERYBODY, only=Q(item__live=True, for_officers=False)),
        Open(Audience.OFFICERS, only=Q(item__live=True)),
        Open(Audience.EDITORS),
    )
    objects = ReachQuerySet.as_manager()
    # An item is not in use because it can be found.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "word", "language"], name="word_once_an_item_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.word


class SpellingKey(models.Model):
    """A way to reach a word that was not finished, or misspelt (content/searching/spelling.py)."""

    key = models.CharField(_("key"), max_length=50)
    word = models.CharField(_("word"), max_length=50, db_index=True)

    class Meta:
        verbose_name = _("spelling key")
        verbose_name_plural = _("spelling keys")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="key_once_a_word")]

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"
