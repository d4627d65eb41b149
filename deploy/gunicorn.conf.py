"""How gunicorn serves Quaymark. WEB_CONCURRENCY sets the number of worker processes."""

import os
from typing import Any

from prometheus_client import multiprocess

# In a container; the systemd unit hands over its own socket.
bind = "0.0.0.0:8000"
# A process for each core: what is slow, recognising and decoding, leaves Python's lock to the threads.
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)
# More threads than it can compute with: on a bad line, most of them wait for a photo to arrive.
threads = 12
# Of a process that no longer answers at all; threads that wait for a slow photo are not counted.
timeout = 60
graceful_timeout = 30
# A process is replaced now and then, whatever the libraries may leak; not all at once.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file must not lie on a disk that can block.
worker_tmp_dir = "/dev/shm"  # noqa: S108


def child_exit(server: Any, worker: Any) -> None:
    """Take the figures of a process that has ended out of the sums for Prometheus."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)
