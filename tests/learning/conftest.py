import pytest

from accounts.models import User
from learning.actions import start_attempt
from learning.models import Attempt
from tests.factories import MadeModule, make_module, make_user


@pytest.fixture
def trainee(db: None) -> User:
    return make_user("trainee@example.org")


@pytest.fixture
def module(db: None) -> MadeModule:
    return make_module()


@pytest.fixture
def attempt(trainee: User, module: MadeModule) -> Attempt:
    return start_attempt(trainee, module.key, module.quiz)


@pytest.fixture
def reader(client, trainee: User):
    """A browser in which the trainee is signed in."""
    client.force_login(trainee)
    return client
