"""Who may see what, in one place: the audiences of addresses, and the reaches of records.

An address has one audience (the table is `config/audiences.py`, and a middleware holds it). A record is seen
by those whom one of its model's `reaches` lets see it; `Model.objects.visible_to(user)` asks them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Protocol, Self, Union

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import User

Reader = Union["User", AnonymousUser]

EVERYTHING, NOTHING = ~Q(pk__in=[]), Q(pk__in=[])


class Audience(Enum):
    """The people an address is for."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    LEARNERS = "learners"
    OFFICERS = "officers"
    EDITORS = "editors"
    COORDINATORS = "coordinators"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"

    def admits(self, reader: Reader) -> bool:
        """Whether this person is among them, as they stand now."""
        return self is Audience.EVERYBODY or (reader.is_active and _MEMBERS[self](reader))


_MEMBERS: dict[Audience, Callable[["User"], bool]] = {
    Audience.SIGNED_IN: lambda person: True,
    # Who still waits for approval may learn meanwhile.
    Audience.LEARNERS: lambda person: True,
    Audience.OFFICERS: lambda person: person.may_identify,
    Audience.EDITORS: lambda person: person.approved and person.may_enter_admin,
    Audience.COORDINATORS: lambda person: person.may_coordinate,
    Audience.ADMINISTRATORS: lambda person: person.is_superuser,
    Audience.NOBODY: lambda person: False,
}


class Reach(Protocol):
    """One way in which people reach records of a model."""

    def condition(self, reader: Reader, model: type[models.Model]) -> Q: ...


@dataclass(frozen=True)
class Own:
    """What is the person's own, as long as they belong to the administration in which they made it."""

    person: str
    administration: str = ""

    def condition(self, reader: Reader, model: type[models.Model]) -> Q:
        if not reader.is_authenticated:
            return NOTHING
        mine = Q(**{self.person: reader.pk})
        if self.administration:
            mine &= Q(**{self.administration: reader.administration_id})
        return mine


@dataclass(frozen=True)
class OfAdministration:
    """What belongs to the reader's administration, for one audience within it."""

    administration: str
    audience: Audience

    def condition(self, reader: Reader, model: type[models.Model]) -> Q:
        if (
            not reader.is_authenticated
            or reader.administration_id is None
            or not self.audience.admits(reader)
        ):
            return NOTHING
        return Q(**{self.administration: reader.administration_id})


@dataclass(frozen=True)
class Open:
    """What a whole audience may see, wherever they work: all of it, or what fits `only`."""

    audience: Audience
    only: Q = EVERYTHING

    def condition(self, reader: Reader, model: type[models.Model]) -> Q:
        return self.only if self.audience.admits(reader) else NOTHING


@dataclass(frozen=True)
class Through:
    """What hangs on another record is seen by those who see that one."""

    relation: str

    def condition(self, reader: Reader, model: type[models.Model]) -> Q:
        above = model._meta.get_field(self.relation).related_model
        return Q(**{f"{self.relation}__in": above._default_manager.visible_to(reader)})


class HasReaches(Protocol):
    """A model that says how its records are reached."""

    reaches: ClassVar[tuple[Reach, ...]]


class ReachQuerySet(models.QuerySet):
    """Records of which people see those that they reach. A model without `reaches` shows nobody anything."""

    def visible_to(self, reader: Reader) -> Self:
        reaches: tuple[Reach, ...] = getattr(self.model, "reaches", ())
        return self.filter(reduce(or_, (one.condition(reader, self.model) for one in reaches), NOTHING))


# What a coordinator decides about: the own administration's; an administrator's are all.
FOR_COORDINATORS: tuple[Reach, ...] = (
    OfAdministration("administration", Audience.COORDINATORS),
    Open(Audience.ADMINISTRATORS),
)
