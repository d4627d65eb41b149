"""Ends with 0 if the site on this machine answers. For the container's health check."""

import os
import sys
import urllib.request

LIMIT = 4  # seconds


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    address = os.environ.get("HEALTH_ADDRESS", "http://127.0.0.1:8000/health/")
    # As the proxy would ask, so that it isn't sent to HTTPS.
    asked = urllib.request.Request(address, headers={"Host": host, "X-Forwarded-Proto": "https"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=LIMIT) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
