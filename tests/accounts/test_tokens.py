import datetime

import pytest

from accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer():
    return User.objects.create_user("officer@customs.example", "a long password")


def test_a_token_is_recognised_by_its_secret(officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    assert ApiToken.objects.presented(secret).get().user == officer


def test_the_secret_itself_is_not_kept(officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    assert secret not in str(list(ApiToken.objects.values()))


def test_a_token_ends(officer):
    secret = ApiToken.issue(officer, "tablet", -DAY)
    assert not ApiToken.objects.presented(secret).exists()


def test_a_token_ends_with_its_owners_account(officer):
    secret = ApiToken.issue(officer, "tablet", DAY)
    officer.is_active = False
    officer.save()
    assert not ApiToken.objects.presented(secret).exists()
