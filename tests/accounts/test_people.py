import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def test_a_person_is_known_by_e_mail_whatever_its_case():
    user = User.objects.create_user("Amal@Customs.Example", "a long password")
    assert user.email == "amal@customs.example"


def test_a_person_without_e_mail_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("", "a long password")


def test_the_five_roles_exist_as_groups():
    assert set(Group.objects.values_list("name", flat=True)) >= {role.value for role in Role}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.TRAINEE, False),
        (Role.OFFICER, True),
        (Role.TRAINER, True),
        (Role.COORDINATOR, True),
        (Role.EXPERT, True),
    ],
)
def test_who_may_identify(role, may):
    user = User.objects.create_user("someone@customs.example", "a long password")
    user.give_role(role)
    assert user.may_identify is may


def test_a_suspended_officer_may_not_identify():
    user = User.objects.create_user("someone@customs.example", "a long password", is_active=False)
    user.give_role(Role.OFFICER)
    assert not user.may_identify
