"""`manage.py worker` serves whichever queue is set."""

from unittest import mock

from django.core.management import call_command


def test_with_tasks_in_redis_it_is_rqs_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with mock.patch("config.management.commands.worker.call_command") as started:
        call_command("worker")
    started.assert_called_once_with("rqworker", "default", job_class="django_tasks_rq.Job", verbosity=1)
