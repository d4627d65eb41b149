"""What an app on a phone does: codes of a secret, at a time."""

import base64
import hashlib
import hmac
import struct
import time


def code_of(secret: str, seconds_off: int = 0) -> str:
    """The six digits that the app shows now, on a phone whose clock is off by that much (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time() + seconds_off) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
