"""Telling people of a change of law: one e-mail a person and moment, with what is theirs."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.actions.mailing import absolute_address
from accounts.mail import UnusableAddress, send_mail_to
from accounts.models import User
from accounts.roles import Role

from .law_touching import Share, Touched, people_concerned, touched_by
from .models import LawChange, LawTold

MOST_NAMED = 20  # of one person's things of a kind; the others are counted


def tell(change: LawChange, moment: LawTold.Moment) -> int:
    """Tell everybody concerned who has not been told yet, and say how many that were."""
    touched = touched_by(change)
    if moment == LawTold.Moment.WITHDRAWN:
        told = change.told.filter(moment=LawTold.Moment.ANNOUNCED).values("person")
        people = User.objects.filter(pk__in=told, standing=User.Standing.APPROVED)
    else:
        people = people_concerned(change, touched)
    already = set(change.told.filter(moment=moment).values_list("person", flat=True))
    return sum(_tell_one(change, moment, person, touched) for person in people if person.pk not in already)


def _tell_one(change: LawChange, moment: LawTold.Moment, person: User, touched: Touched) -> bool:
    """Told and written down are one: neither is without the other."""
    with transaction.atomic():
        _told, new = LawTold.objects.get_or_create(change=change, person=person, moment=moment)
        if not new:
            return False
        with translation.override(person.language):
            letter = _letter(change, moment, person, touched)
        try:
            send_mail_to(person, "law_change", letter)
        except UnusableAddress:
            return False
    return True


def _letter(change: LawChange, moment: LawTold.Moment, person: User, touched: Touched) -> dict[str, Any]:
    gone = moment == LawTold.Moment.WITHDRAWN
    return {
        "change": change,
        "moment": moment.value,
        "url": absolute_address("guide:law_changes", person.language),
        "things": [] if gone else _by_kind(touched.shares.get(person.pk, [])),
        "counts": [] if gone else _counts(person, touched),
    }


def _by_kind(shares: Iterable[Share]) -> list[tuple[str, list[dict[str, str]], int]]:
    """What is theirs under its heading, and how many more there are than are named."""
    kinds: dict[str, list[dict[str, str]]] = {}
    for share in shares:
        address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + share.address()
        kinds.setdefault(str(share.kind), []).append({"name": share.name(), "url": address})
    return [(kind, rows[:MOST_NAMED], len(rows[MOST_NAMED:])) for kind, rows in kinds.items()]


def _counts(person: User, touched: Touched) -> list[tuple[str, int]]:
    """For a coordinator: how many of their own administration's there are."""
    if Role.COORDINATOR not in person.roles or person.administration is None:
        return []
    own = [
        (held.label, held.by_administration.get(person.administration.name, 0)) for held in touched.elsewhere
    ]
    return [(str(label), number) for label, number in own if number]
