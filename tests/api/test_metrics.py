"""What the server counts of itself."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from api.metrics import Metering, Metrics
from loaders.workspace import Workspace
from tests.api.small_ledger import Households

Labels = frozenset[tuple[str, str]]


def figures(text: str) -> dict[tuple[str, Labels], float]:
    """Return every figure by its name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counted(client: TestClient, **labels: str) -> float:
    """Return how many requests with these labels were counted."""
    found = figures(client.get("/metrics").text)
    return sum(
        value
        for (name, own), value in found.items()
        if name == "plumline_http_requests_total" and set(labels.items()) <= own
    )


def test_a_request_is_counted_under_its_route_and_status(
    client_of: Callable[..., TestClient], workspace: Workspace, households: Households
) -> None:
    client = client_of(workspace)
    for path in (f"/v1/chains/Household/{households.with_plums}", "/v1/chains/Area/350624", "/v1/chains/Area/999999"):
        client.get(path)
    chains = {"endpoint": "api.routers.questions.chains", "template": "/v1/chains/{kind}/{subject_id}", "method": "GET"}
    assert counted(client, status="200", **chains) == 2
    assert counted(client, status="404", **chains) == 1


def test_what_is_refused_or_has_no_route_is_counted_too(
    client_of: Callable[..., TestClient], workspace: Workspace
) -> None:
    client = client_of(workspace)
    client.get("/v1/h234567")
    client.get("/healthz", headers={"Host": "plumline.example"})
    client.request("BREW", "/healthz")
    assert counted(client, template="(no route)", status="404") == 1
    assert counted(client, template="(no route)", status="421") == 1
    assert counted(client, method="OTHER", status="405") == 1


def test_the_time_of_requests_is_a_histogram(client: TestClient) -> None:
    client.get("/v1/dictionary")
    found = figures(client.get("/metrics").text)
    route = {"endpoint": "api.routers.dictionary.dictionary", "template": "/v1/dictionary"}
    within = [
        value
        for (name, labels), value in found.items()
        if name == "plumline_http_request_seconds_bucket" and route.items() <= dict(labels).items()
    ]
    assert len(within) == 14
    assert max(within) >= 1


def test_the_state_of_the_graph_is_told(client: TestClient) -> None:
    ready = client.get("/readyz").json()
    found = figures(client.get("/metrics").text)
    nothing: Labels = frozenset()
    assert found["plumline_graph_open", nothing] == 1
    assert found["plumline_graph_version", nothing] == ready["loads_version"]
    assert found["plumline_ledger_version", nothing] == ready["loads_version"]
    assert found["plumline_graph_loads_behind", nothing] == 0
    # 2026-05-20 is 20,593 days after 1970-01-01.
    assert found["plumline_graph_day_seconds", nothing] == 20_593 * 86_400


def test_no_household_stands_in_the_figures(client: TestClient, households: Households) -> None:
    client.get(f"/v1/cause-graph/Household/{households.with_plums}")
    text = client.get("/metrics").text
    assert not [household for household in households if household in text]


def test_routes_of_nested_routers_that_look_alike_are_kept_apart() -> None:
    app, metrics = FastAPI(), Metrics()
    inner, other, outer = APIRouter(), APIRouter(), APIRouter()

    @inner.get("/x/{number}")
    async def first(number: int) -> int:
        return number

    @other.get("/x/{number}")
    async def second(number: int) -> int:
        return number

    outer.include_router(inner, prefix="/a")
    outer.include_router(other, prefix="/b")
    app.include_router(outer, prefix="/v1")
    app.add_middleware(Metering, metrics=metrics)
    client = TestClient(app)
    for path in ("/v1/a/x/1", "/v1/a/x/2", "/v1/b/x/3"):
        assert client.get(path).status_code == 200
    requests = metrics.registry.collect()
    by_endpoint = {
        sample.labels["endpoint"].rpartition(".")[2]: sample.value
        for family in requests
        for sample in family.samples
        if sample.name == "plumline_http_requests_total"
    }
    assert by_endpoint == {"first": 2, "second": 1}
