"""How often somebody may do what is dear, counted over all web processes."""

import concurrent.futures
import time
from unittest import mock

import pytest
from django.test import RequestFactory

from accounts import limits
from accounts.limits import TooManyTries, count
from config.caches import CountingFileCache
from tests.factories import make_user


@pytest.fixture(autouse=True)
def table(settings):
    settings.RATE_LIMITS = {"asking": ["3/m", "5/h"]}


@pytest.fixture
def clock():
    """The time that limits are counted by; it only moves when it is told to."""
    now = [time.time() // 3600 * 3600 + 5]
    with mock.patch("django_ratelimit.core.time.time", side_effect=lambda: now[0]):
        yield lambda seconds: now.__setitem__(0, now[0] + seconds)


def ask(times: int, who: str) -> None:
    for _time in range(times):
        count("asking", who)


def test_up_to_the_limit_nothing_happens(clock):
    ask(3, "a")


def test_above_it_one_is_told_when_to_come_back(clock):
    ask(3, "b")
    with pytest.raises(TooManyTries) as refused:
        count("asking", "b")
    assert 0 < refused.value.seconds <= 60


def test_after_a_while_one_may_again(clock):
    ask(3, "c")
    clock(61)
    ask(2, "c")


def test_the_long_run_has_its_own_limit(clock):
    ask(3, "d")
    clock(61)
    ask(2, "d")
    with pytest.raises(TooManyTries) as refused:
        count("asking", "d")
    assert refused.value.seconds > 60


def test_nobody_pays_for_somebody_else(clock):
    ask(3, "e")
    ask(3, "f")


def test_a_machine_is_known_by_what_our_own_proxy_says(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", headers={"x-forwarded-for": "198.51.100.9, 203.0.113.7"})
    assert limits.machine(request) == "machine 203.0.113.7"


def test_without_redis_no_count_is_lost_between_processes(tmp_path):
    cache = CountingFileCache(str(tmp_path), {})
    cache.add("tries", 0, timeout=3600)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: CountingFileCache(str(tmp_path), {}).incr("tries"), range(80)))
    assert cache.get("tries") == 80


def test_without_redis_a_count_lives_as_long_as_it_was_made_for(tmp_path):
    cache = CountingFileCache(str(tmp_path), {})
    cache.add("tries", 1, timeout=3600)
    cache.incr("tries")
    with mock.patch("time.time", return_value=time.time() + 1800):
        assert cache.get("tries") == 2
    with mock.patch("time.time", return_value=time.time() + 3700):
        assert cache.get("tries") is None


@pytest.mark.django_db
def test_asking_for_new_passwords_is_slowed(client):
    make_user("person@customs.example")
    for _time in range(4):
        response = client.post("/ar/accounts/password/reset/", {"email": "person@customs.example"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert '<html lang="ar"' in response.content.decode()
