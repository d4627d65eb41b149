"""Two administrations with somebody in every role, and one thing of every kind that an address can name."""

import datetime
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse

from accounts.actions.invitations import invite
from accounts.actions.requests import ask_for_access
from accounts.actions.staff_lists import plan_staff_list
from accounts.models import Administration, ApiToken, User
from accounts.staff_list_file import read_staff_list
from content.models import HSLink, LookAlike, ReferenceItem
from learning.actions import start_attempt
from tests.access.addresses import Address
from tests.access.expected import AUDIENCES
from tests.content.reference_photos import make_photo
from tests.factories import make_module, make_user
from tests.identify.answered import make_answer
from tests.identify.guide import make_small_guide


@dataclass
class World:
    """People by role and administration ("own", "other"); what the own administration's people have made."""

    people: dict[tuple[str, str], User] = field(default_factory=dict)
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)
    arguments: dict[str, object] = field(default_factory=dict)
    # What `pk` stands for, by the name of the address.
    keys: dict[str, int] = field(default_factory=dict)

    def client(self, role: str, administration: str = "own") -> Client:
        key = (role, administration)
        if key not in self.clients:
            self.clients[key] = Client()
            if role != "stranger":
                self.clients[key].force_login(self.people[key])
        return self.clients[key]

    def url(self, address: Address) -> str:
        """The address with what is there in place of its arguments."""
        if address.name in BY_HAND:
            return BY_HAND[address.name]
        values = {name: self._value(address, name) for name in address.arguments}
        return reverse(address.name, kwargs=values)

    def is_theirs(self, address: Address, role: str, administration: str) -> bool:
        """Whether what the address names belongs to this person, or is theirs to decide about."""
        if "accounts/people/" in address.route:
            return role == "administrator" or administration == "own"
        return role in ("officer", "trainee") and administration == "own"

    def _value(self, address: Address, argument: str) -> object:
        if argument == "pk" and address.name in self.keys:
            return self.keys[address.name]
        if argument in self.arguments:
            return self.arguments[argument]
        assert address.in_admin, f"{address.name}: say in tests/access/world.py what {argument} stands for."
        return "1"


# Addresses whose arguments have no names, or that have no name themselves.
BY_HAND = {
    "wagtaildocs_serve": "/documents/1/a.pdf",
    "chinese": "/zh/guide/",
    "wagtail_serve": "/en/",
    "login_by_wagtail": "/en/_util/login/",
    "wagtailadmin_pages:revisions_compare": "/admin/pages/1/revisions/compare/live...latest/",
    # allauth's old addresses have no name, and these are shadowed by those above them.
    "": "/en/accounts/social/login/cancelled/",
    "openid_connect_login": "/en/accounts/oidc/unknown/login/",
    "openid_connect_callback": "/en/accounts/oidc/unknown/login/callback/",
    "socialaccount_connections": "/en/accounts/3rdparty/",
    "wagtailcore_login": "/en/_util/login/",
    "wagtailadmin_login": "/admin/login/",
}

# Arguments that name what is there for all: not somebody's own.
PUBLIC_ARGUMENTS = {
    "form",
    "instrument",
    "listing",
    "code",
    "first",
    "second",
    "key",
    "kind",
    "slug",
    "lesson_key",
    "question_id",
    "path",
    "rest",
    "uidb36",
    "restriction_id",
    "page_view_restriction_id",
    "page_id",
    "secret",
    "provider_id",
    "photo_id",
    "size",
    "digest",
}


def make_world() -> World:
    world = World()
    for which in ("own", "other"):
        administration = Administration.objects.create(name=f"Customs of {which}")
        for role in AUDIENCES:
            if role != "stranger":
                world.people[role, which] = _person(role, administration)
    guide = make_small_guide()
    HSLink.objects.create(item=guide["laptop"], code="8471.30", role=HSLink.Role.PROPER)
    LookAlike.objects.create(
        key="laptop--keyboard", first=guide["laptop"], second=guide["keyboard"], deciding_en="The screen."
    )
    module = make_module()
    officer, trainee = world.people["officer", "own"], world.people["trainee", "own"]
    answer = make_answer(officer, ("laptop", 0.9))
    attempt = start_attempt(trainee, module.key, module.quiz)
    coordinator, waiting = world.people["coordinator", "own"], world.people["waiting", "own"]
    request = ask_for_access(waiting, waiting.administration, "officer", "Containers at the north quay")
    invitation, _secret = invite(
        coordinator, coordinator.administration, "new@customs.example", ["officer"], "en"
    )
    staff_list = plan_staff_list(
        coordinator,
        coordinator.administration,
        "staff.csv",
        read_staff_list(b"email,role\na@b.example,officer\n"),
    )
    ApiToken.issue(officer, "tablet", datetime.timedelta(hours=1))
    world.keys = {
        "accounts:person": officer.pk,
        "accounts:person_act": officer.pk,
        "accounts:request": request.pk,
        "accounts:invite_again": invitation.pk,
        "accounts:withdraw_invitation": invitation.pk,
        "accounts:staff_list": staff_list.pk,
        "accounts:apply_staff_list": staff_list.pk,
        "accounts:revoke_token": officer.api_tokens.get().pk,
        # allauth looks for passkeys among the person's own; nobody here has one.
        "mfa_remove_webauthn": 1,
        "mfa_edit_webauthn": 1,
    }
    world.arguments = {
        "name": "suspend",
        "secret": "unknown",
        "provider_id": "unknown",
        "public_id": answer.case.public_id,
        "identification_id": answer.case.public_id,
        "position": 1,
        "key": "laptop",
        "kind": "cites",
        "form": "computer",
        "instrument": "basel",
        "listing": "A1181",
        "code": "8471",
        "first": "laptop",
        "second": "keyboard",
        "slug": module.slug,
        "lesson_key": module.lessons["en"][0].translation_key,
        "question_id": module.practice.pk,
        "number": attempt.number,
        "place": 1,
        "path": "nothing.jpg",
        "uidb36": "1",
        "restriction_id": 1,
        "page_view_restriction_id": 1,
        "page_id": 1,
        "photo_id": make_photo(ReferenceItem.objects.get(key="laptop")).pk,
        "size": "small",
        "digest": "0" * 32,
    }
    return world


def _person(role: str, administration: Administration) -> User:
    fields = {"administration": administration}
    if role == "administrator":
        return make_user(roles=(), is_superuser=True, **fields)
    if role == "waiting":
        # Has asked for everything; holds nothing before it is approved.
        roles = ("officer", "trainer", "coordinator", "expert")
        return make_user(roles=roles, standing=User.Standing.WAITING, **fields)
    return make_user(roles=(role,), **fields)
