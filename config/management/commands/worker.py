"""`manage.py worker`: does the background work, whichever queue is set."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from config.workers import pulse


class Command(DatabaseWorker):
    help = "Do the background work. With tasks in the database, one whose worker was killed is done again."

    def add_arguments(self, parser: CommandParser) -> None:
        if _tasks_are_in_the_database():
            super().add_arguments(parser)

    def handle(self, **options: Any) -> None:
        if not _tasks_are_in_the_database():
            call_command(
                "rqworker", "default", job_class="django_tasks_rq.Job", verbosity=options["verbosity"]
            )
            return
        with pulse(options["worker_id"]):
            super().handle(**options)


def _tasks_are_in_the_database() -> bool:
    return isinstance(task_backends["default"], DatabaseBackend)
