"""A task that takes as long as sending an e-mail."""

import time

from django_tasks import task

SECONDS = 0.5


@task()
def take_a_while(number: int) -> int:
    time.sleep(SECONDS)
    return number
