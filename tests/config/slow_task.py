"""A task that is at work until it is told to end; for killing its worker in the middle."""

import time
from pathlib import Path

from django_tasks import task

LIMIT = 180  # seconds


@task()
def work_until_told(folder: str) -> str:
    with (Path(folder) / "begun").open("a") as file:
        file.write("begun\n")
    deadline = time.monotonic() + LIMIT
    while not (Path(folder) / "end").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return "done"
