"""Those who take part: officers with a token, trainees who are signed in, and what they send and read."""

import datetime
import hashlib
import io

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image

from accounts.models import ApiToken
from tests.factories import make_user
from tests.load.traffic import Photo

HOUR = datetime.timedelta(hours=1)


def tokens(number: int) -> list[str]:
    return [ApiToken.issue(make_user(roles=("officer",)), "load", HOUR) for _ in range(number)]


def readers(number: int) -> list[dict[str, str]]:
    """Every second one is signed in; each comes from an address of their own."""
    return [
        {"X-Forwarded-For": f"192.0.2.{place}", **({"Cookie": _cookie()} if place % 2 else {})}
        for place in range(number)
    ]


def photos(number: int, megapixels: int) -> list[Photo]:
    """Photos that weigh what a phone's weigh; no two alike."""
    return [_photo(seed, megapixels) for seed in range(number)]


def _photo(seed: int, megapixels: int) -> Photo:
    random = np.random.default_rng(seed)
    width = int((megapixels * 4 / 3) ** 0.5 * 1000)
    height = width * 3 // 4
    rough = Image.fromarray(random.integers(0, 256, (30, 40, 3), dtype=np.uint8)).resize((width, height))
    grain = random.normal(0, 6, (height, width, 1))
    file = io.BytesIO()
    Image.fromarray(np.clip(np.asarray(rough) + grain, 0, 255).astype(np.uint8)).save(
        file, "JPEG", quality=88
    )
    return Photo(file.getvalue(), hashlib.sha256(file.getvalue()).hexdigest())


def _cookie() -> str:
    user = make_user()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
