"""The site and its worker as processes that can be killed in the middle of their work."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LIMIT = 120  # seconds


class Serving:
    """gunicorn as an installation starts it, and `manage.py worker`."""

    def __init__(self, environment: dict[str, str], port: int, log: Path) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {**environment, "GUNICORN_CMD_ARGS": f"--bind=127.0.0.1:{port}"}
        self._log = log.open("ab")
        self._site: subprocess.Popen | None = None
        self._worker: subprocess.Popen | None = None

    def start_site(self) -> None:
        self._site = self._start("-m", "gunicorn", "config.wsgi", "--config", "deploy/gunicorn.conf.py")
        deadline = time.monotonic() + LIMIT
        while not self._answers():
            if self._site.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The site did not start; see {self._log.name}")
            time.sleep(0.1)

    def start_worker(self) -> None:
        self._worker = self._start("manage.py", "worker", "--interval", "0.2")

    def kill_one_web_process(self) -> None:
        """As the kernel does when memory runs out: no signal that could be caught."""
        children = Path(f"/proc/{self._site.pid}/task/{self._site.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)

    def kill_worker(self) -> None:
        self._worker.kill()
        self._worker.wait()

    def stop(self) -> None:
        for process in filter(None, (self._site, self._worker)):
            process.terminate()
        for process in filter(None, (self._site, self._worker)):
            process.wait(timeout=LIMIT)
        self._log.close()

    def _start(self, *command: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=CHECKOUT,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
        )

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/en/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True
