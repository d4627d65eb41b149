"""`manage.py demo`: the site and its worker in the foreground, until Ctrl-C."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo import make_accounts, make_example_sheet

ADDRESS = "127.0.0.1:8000"
START_LIMIT = 60  # seconds


class Command(BaseCommand):
    help = "Serve the demo on http://127.0.0.1:8000 together with the background worker."

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_taken_port()
        make_example_sheet()
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, _interrupt)
        web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", ADDRESS, "--threads", "4"]
        web += ["--workers", "1", "--timeout", "60", "--log-level", "warning", "--env"]
        web += ["DJANGO_SETTINGS_MODULE=config.settings.demo"]
        worker = [sys.executable, "manage.py", "worker", "--verbosity", "0"]
        processes = [subprocess.Popen(web), subprocess.Popen(worker)]
        try:
            self._wait_for_site(processes)
            self._print_addresses()
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
            raise CommandError("The site or its worker has stopped; see the lines above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            _stop(processes)

    def _refuse_taken_port(self) -> None:
        if _answers():
            raise CommandError(f"Something already answers on http://{ADDRESS}. Stop it first.")

    def _wait_for_site(self, processes: list[subprocess.Popen]) -> None:
        deadline = time.monotonic() + START_LIMIT
        while not _answers():
            if processes[0].poll() is not None:
                raise CommandError("The site did not start; see the lines above.")
            if time.monotonic() > deadline:
                raise CommandError(f"The site did not answer within {START_LIMIT} seconds.")
            time.sleep(0.2)

    def _print_addresses(self) -> None:
        self.stdout.write(
            f"\nQuaymark is running.\n"
            f"  Site      http://{ADDRESS}/en/   (also fr, es, ru, ar, zh-hans)\n"
            f"  Identify  http://{ADDRESS}/en/identify/\n"
            f"  Guide     http://{ADDRESS}/en/guide/\n"
            f"  Admin     http://{ADDRESS}/admin/   (sign in as the trainer)\n"
            f"  API       http://{ADDRESS}/api/v1/openapi.json\n\n"
            f"Accounts (role, e-mail address, password):"
        )
        for account in make_accounts():
            self.stdout.write(str(account))
        if not settings.MFA_REQUIRED:
            self.stdout.write(
                "\nThe demo asks nobody for a second step to sign in; a real site does (MFA_REQUIRED=true)."
            )
        self.stdout.write("\nPress Ctrl-C to stop.")


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://{ADDRESS}/en/", timeout=5) as response:
            return response.status == 200
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
