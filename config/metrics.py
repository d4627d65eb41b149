"""Figures for Prometheus: what the web processes count, and how the house as a whole stands."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from . import maintenance, readiness


class House(Collector):
    """Asked for at each scrape, so that the figures are the same whichever process answers."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        ready = GaugeMetricFamily("quaymark_ready", "1 where a check of /ready/ is ok", labels=["check"])
        found = readiness.readiness()
        for name, said in found.items():
            ready.add_metric([name], float(said == readiness.OK))
        yield ready
        yield GaugeMetricFamily(
            "quaymark_maintenance",
            "1 while the site is closed",
            float(maintenance.seconds_left() is not None),
        )
        if found["database"] == readiness.OK and found["migrations"] == readiness.OK:
            count, oldest = readiness.waiting_tasks()
            yield GaugeMetricFamily("quaymark_tasks_waiting", "Tasks that wait for a worker", count)
            yield GaugeMetricFamily(
                "quaymark_oldest_task_seconds", "How long the oldest waiting task has waited", oldest
            )
            yield GaugeMetricFamily("quaymark_workers", "Workers alive", readiness.workers_alive())


def metrics(request: HttpRequest) -> HttpResponse:
    """Everything, in Prometheus' own format."""
    registry = CollectorRegistry()
    registry.register(House())
    response = ExportToDjangoView(request)
    response.content += generate_latest(registry)
    return response
