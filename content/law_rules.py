"""What is wrong with a change of law, in sentences that say what to do. Empty where nothing is.

Pure rules over a change as it stands in memory, which the form asks before saving and announcing asks again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from babel import Locale
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .contradictions import contradict
from .languages import SOURCE_LANGUAGE
from .models import LawChange, LawProvision, LegalStatus, ReferenceItem
from .models.law_changes import NOT_LISTED


def problems_of_change(change: LawChange) -> list[str]:
    """Why a change can't be saved, or announced."""
    provisions = list(change.provisions.all())
    found = list(_day_problems(change))
    if not provisions:
        found.append(_("Say what changes: add at least one listing, with the items it is about."))
    for provision in provisions:
        found += _provision_problems(change, provision)
    found += _named_twice(provisions)
    if not found:  # what follows needs a change that is whole
        found += _law_problems(change, provisions)
    return found


def _day_problems(change: LawChange) -> Iterator[str]:
    today = timezone.localdate()
    if change.effective_on < today and not change.already_in_force:
        yield _(
            "%(day)s has passed. Correct the date of effect, or tick “it is in force already” if you enter "
            "the change after its day."
        ) % {"day": date_format(change.effective_on)}
    if change.already_in_force and change.effective_on > today:
        yield _("%(day)s is still to come: take the tick off “it is in force already”.") % {
            "day": date_format(change.effective_on)
        }
    if change.as_of > today:
        yield _("You can't have read the source on a day to come. Correct “as of”.")


def _provision_problems(change: LawChange, provision: LawProvision) -> Iterator[str]:
    where = _where(provision)
    if not provision.items:
        yield _("%(where)s: choose the items it is about.") % {"where": where}
    if change.ends_something and not provision.ends_listing.strip():
        yield _("%(where)s: say which listing ends. Write “%(none)s” where it is in no list now.") % {
            "where": where,
            "none": NOT_LISTED,
        }
    if not change.ends_something and (provision.ends_listing.strip() or provision.ends_key.strip()):
        yield _("%(where)s: a new listing ends none. Choose “amended listing”, or empty that field.") % {
            "where": where
        }
    if change.adds_something:
        yield from _new_listing_problems(where, provision)
    elif provision.listing.strip() or provision.words("condition", SOURCE_LANGUAGE).strip():
        yield _(
            "%(where)s: where a listing only ends, none begins. Choose “amended listing”, or empty it."
        ) % {"where": where}


def _new_listing_problems(where: str, provision: LawProvision) -> Iterator[str]:
    if not provision.listing.strip():
        yield _("%(where)s: write the new listing, or “%(none)s”.") % {"where": where, "none": NOT_LISTED}
    if not provision.words("condition", SOURCE_LANGUAGE).strip():
        yield _("%(where)s: write in English what the listing depends on. It is never a bare appendix.") % {
            "where": where
        }
    countries = Locale.parse(SOURCE_LANGUAGE).territories
    unknown = [code for code in provision.population_codes if len(code) != 2 or code not in countries]
    if unknown:
        yield _("%(where)s: %(codes)s is no country. Write two letters as in ISO 3166.") % {
            "where": where,
            "codes": ", ".join(unknown),
        }


def _named_twice(provisions: Iterable[LawProvision]) -> Iterator[str]:
    """The same item may be in two provisions of a split listing, but not twice in one."""
    for provision in provisions:
        counts = Counter(item.pk for item in provision.items)
        for item in {one.pk: one for one in provision.items}.values():
            if counts[item.pk] > 1:
                yield _("%(where)s names “%(item)s” twice. Take one away.") % {
                    "where": _where(provision),
                    "item": item,
                }


# --- Against the law that stands ------------------------------------------------------------------


def _law_problems(change: LawChange, provisions: list[LawProvision]) -> Iterator[str]:
    statuses = _statuses_by_item(provisions)
    ended: set[int] = set()
    for provision in provisions:
        for item in provision.items:
            if change.ends_something:
                ends = ending(change, provision, statuses[item.pk])
                yield from _ending_problems(change, provision, item, ends)
                ended |= {status.pk for status in ends}
    added = _added(change, provisions)
    others = _added_by_others(change, {item for item, _status in added})
    for item, status in added:
        yield from _entered_twice(item, status, others.get(item, []))
        beside = [one for one in statuses[item.pk] if one.pk not in ended and not _over(one, change)]
        beside += [one for _title, one in others.get(item, []) if not _same_law(one, status)]
        for other in beside:
            if contradict(status, other):
                yield _contradiction(item, status, other)
    for (item, one), (same, other) in combinations(added, 2):
        if item == same and contradict(one, other):
            yield _contradiction(item, one, other)


def ending(change: LawChange, provision: LawProvision, statuses: Iterable[LegalStatus]) -> list[LegalStatus]:
    """Which of an item's statuses the provision ends: one, if it is clear."""
    return [
        status
        for status in statuses
        if status.instrument == change.instrument
        and status.listing == provision.listing_that_ends
        and not status.jurisdiction
        and not _over(status, change)
        and provision.ends_key.strip() in ("", status.key)
    ]


def _ending_problems(
    change: LawChange, provision: LawProvision, item: ReferenceItem, ends: list[LegalStatus]
) -> Iterator[str]:
    listing = f"{change.get_instrument_display()} {provision.ends_listing}"
    words = {"item": item, "listing": listing, "day": date_format(change.last_day_before)}
    if not ends:
        yield (
            _("“%(item)s” has no listing %(listing)s that goes on after %(day)s. Nothing can end there.")
            % words
        )
    elif len(ends) > 1:
        keys = ", ".join(status.key for status in ends)
        yield _(
            "“%(item)s” has several listings %(listing)s. Write the key of the one that ends: %(keys)s."
        ) % {
            **words,
            "keys": keys,
        }
    elif ends[0].in_force_from and ends[0].in_force_from > change.last_day_before:
        yield (
            _("The listing %(listing)s of “%(item)s” would end before it begins. Correct the date of effect.")
            % words
        )


def _over(status: LegalStatus, change: LawChange) -> bool:
    """Whether it has ended by itself when the change takes effect."""
    return status.in_force_until is not None and status.in_force_until < change.effective_on


def _statuses_by_item(provisions: Iterable[LawProvision]) -> dict[int, list[LegalStatus]]:
    pks = {item.pk for provision in provisions for item in provision.items}
    found: dict[int, list[LegalStatus]] = {pk: [] for pk in pks}
    for status in LegalStatus.objects.filter(item__in=pks):
        found[status.item_id].append(status)
    return found


Added = list[tuple[ReferenceItem, LegalStatus]]


def _added(change: LawChange, provisions: Iterable[LawProvision]) -> Added:
    if not change.adds_something:
        return []
    return [(item, one.status_for(item, change)) for one in provisions for item in one.items]


def _added_by_others(
    change: LawChange, items: set[ReferenceItem]
) -> dict[ReferenceItem, list[tuple[str, LegalStatus]]]:
    """What other changes of the same day, planned or announced, add to these items."""
    same_day = LawChange.objects.exclude(pk=change.pk).exclude(state=LawChange.State.WITHDRAWN)
    same_day = same_day.filter(
        effective_on=change.effective_on,
        instrument=change.instrument,
        provisions__places__item__in=items,
    )
    found: dict[ReferenceItem, list[tuple[str, LegalStatus]]] = {}
    for other in same_day.distinct().whole():
        for item, status in _added(other, other.provisions.all()):
            found.setdefault(item, []).append((str(other), status))
    return found


def _entered_twice(
    item: ReferenceItem, status: LegalStatus, others: Iterable[tuple[str, LegalStatus]]
) -> Iterator[str]:
    for title, other in others:
        if _same_law(status, other):
            yield _("“%(item)s” gets %(listing)s on that day already, by the change “%(title)s”.") % {
                "item": item,
                "listing": status.label,
                "title": title,
            }


def _same_law(one: LegalStatus, other: LegalStatus) -> bool:
    fields = ("instrument", "listing", "annotation", "populations_excluded")
    return (
        all(getattr(one, field) == getattr(other, field) for field in fields)
        and set(one.taxa) == set(other.taxa)
        and set(one.populations) == set(other.populations)
    )


# --- Contradictions -------------------------------------------------------------------------------


def _contradiction(item: ReferenceItem, one: LegalStatus, other: LegalStatus) -> str:
    return _(
        "“%(item)s”: %(one)s and %(other)s would hold on the same day. Say which listing ends, or tell "
        "the two apart by population or scientific name."
    ) % {"item": item, "one": one.label, "other": other.label}


def _where(provision: LawProvision) -> str:
    """How a provision is called in a message."""
    shown = [text.strip() for text in (provision.ends_listing, provision.listing) if text.strip()]
    return "“{}”".format(" → ".join(shown)) if shown else _("What changes")
