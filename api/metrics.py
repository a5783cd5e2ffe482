"""What the server counts of itself, for Prometheus: requests, their time, the state of the graph. No id, no name."""

from __future__ import annotations

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.graph_keeper import GraphKeeper
from api.route_names import endpoint_name, method_name, path_template

# From an answer that is known to one that is cut off.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SECONDS_OF_DAY = 24 * 3600


class Metrics:
    """The figures of one application.

    A route stands under the qualified name of its function, beside which its template only helps the reader: where
    routers are nested, several routes may show the same template.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "plumline_http_requests",
            "Requests answered, by route and status.",
            ("endpoint", "template", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "plumline_http_request_seconds",
            "How long requests took until the last byte was handed on.",
            ("endpoint", "template"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.under_way = Gauge(
            "plumline_http_requests_under_way", "Requests that are being worked on.", registry=self.registry
        )
        # How much memory and time the process takes; there only where the system tells it.
        ProcessCollector(registry=self.registry)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        endpoint, template = endpoint_name(scope), path_template(scope)
        self._requests.labels(endpoint, template, method_name(scope), str(status)).inc()
        self._seconds.labels(endpoint, template).observe(seconds)

    def watch(self, keeper: GraphKeeper) -> None:
        """Tell the state of the graph too."""
        self.registry.register(GraphFigures(keeper))


class GraphFigures(Collector):
    """The state of the graph as a keeper holds it at the moment it is looked at."""

    def __init__(self, keeper: GraphKeeper) -> None:
        self._keeper = keeper

    def describe(self) -> Iterator[Metric]:
        """Return the names without looking at the graph."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """Return the figures; one that is not known just now is absent."""
        held = self._keeper.at_hand()
        yield GaugeMetricFamily("plumline_graph_open", "1 while there is a graph to ask.", float(held.day is not None))
        if held.day is not None and held.loads_taken_in is not None:
            since_1970 = (held.day - held.day.replace(1970, 1, 1)).days * _SECONDS_OF_DAY
            yield GaugeMetricFamily(
                "plumline_graph_day_seconds", "The day that the graph shows, since 1970.", since_1970
            )
            yield GaugeMetricFamily(
                "plumline_graph_version", "Number of the load event that the graph has taken in.", held.loads_taken_in
            )
        if held.loads_counted is not None:
            yield GaugeMetricFamily(
                "plumline_ledger_version", "Number of the newest load event of the ledger.", held.loads_counted
            )
        if held.loads_behind is not None:
            yield GaugeMetricFamily(
                "plumline_graph_loads_behind", "Load events that the graph has yet to take in.", held.loads_behind
            )


class Metering:
    """Counts every request and takes its time."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.under_way.inc()
        try:
            await self.app(scope, receive, send_counted)
        finally:
            self._metrics.under_way.dec()
            self._metrics.note(scope, status, time.perf_counter() - begun)
