"""`manage.py worker`: does the background work, and takes over from workers that were killed."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from config.workers import pulse


class Command(DatabaseWorker):
    help = "Do the background work. A task whose worker was killed is done again."

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with pulse(worker_id):
            super().handle(worker_id=worker_id, **options)
