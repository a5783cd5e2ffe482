"""Nothing that tells who a household or a person is ever stands in the log, whatever is asked, sent or broken."""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.log import LOG_FORM, LogForm, told_without_values, write_log
from api.pages.listed import PAGES
from api.request_id import RequestIdFilter
from loaders.settings import Settings
from loaders.workspace import Workspace
from tests.api.loads.office import InThisProcess, Office
from tests.api.small_ledger import DAY, HERE, PATIENT, Households
from tests.api.test_problems import FailingKeeper

# Nobody is called so, and no id looks so.
SOMEBODY, NUMBER = "李梅花样", "350624197001019999"
MARKS = (SOMEBODY, NUMBER, "%E6%9D%8E%E6%A2%85")
# What the client of the tests says of its own requests.
OF_THE_CLIENT = ("httpx", "httpcore", "asyncio", "python_multipart")


class Written:
    """Everything that any logger of this process says, as the server writes it."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setLevel(logging.DEBUG)
        self.handler.setFormatter(LogForm())
        self.handler.addFilter(RequestIdFilter())
        self.handler.addFilter(lambda record: not record.name.startswith(OF_THE_CLIENT))

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@contextmanager
def writing() -> Iterator[Written]:
    """Yield what is said from here on, down to the least of it."""
    written, root = Written(), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "api", "loaders", "graph_store", "ledger")}
    root.addHandler(written.handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(written.handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@pytest.fixture(scope="module")
def office(loaded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data = tmp_path_factory.mktemp("log") / "data"
    shutil.copytree(loaded_folder, data)
    workspace = Workspace(Settings(data=data))
    app = create_app(workspace, today=lambda: DAY, patience_seconds=PATIENT, start_load=InThisProcess)
    shared = Office(TestClient(app, base_url=HERE), workspace)
    shared.begin()
    yield shared
    shared.stop()


def templates(client: TestClient) -> list[tuple[str, str]]:
    """Return method and template of every route: of the API by its description, of the pages by their routers."""
    described: dict[str, dict[str, Any]] = client.get("/openapi.json").json()["paths"]
    found = [(method.upper(), path) for path, methods in described.items() for method in methods]
    for router in PAGES:
        for route in router.routes:
            found += [(method, getattr(route, "path", "")) for method in getattr(route, "methods", None) or ()]
    return found


def filled(template: str, kind: str, marked: str) -> str:
    """Return the address with the kind and the mark in the places of the template."""
    path = template.replace("{kind}", kind)
    while "{" in path:
        begin, _, rest = path.partition("{")
        path = begin + marked + rest.partition("}")[2]
    return path


def asked_ways(households: Households, *, all_of_them: bool) -> list[tuple[str, dict[str, str]]]:
    """Return what to put into an address, each with a query; not all of them: each mark once."""
    marks = (households.with_plums, NUMBER, SOMEBODY)
    query = {"q": SOMEBODY, "area": NUMBER, "after": households.other, "cause": SOMEBODY, "day": NUMBER}
    ways = [(mark, each) for mark in marks for each in ({}, query, {"q": mark}, {"area": mark})]
    return ways if all_of_them else [ways[0], ways[5], ways[10]]


@pytest.mark.parametrize(
    ("kind", "all_of_them"),
    [("Household", False), *(pytest.param(kind, True, marks=pytest.mark.soak) for kind in ("Household", "Area"))],
)
def test_no_route_writes_whom_it_was_asked_about(
    office: Office, households: Households, kind: str, all_of_them: bool
) -> None:
    routes = templates(office.client)
    assert len(routes) > 25
    ways = asked_ways(households, all_of_them=all_of_them)
    with writing() as log:
        for method, template in routes:
            for marked, query in ways:
                address = filled(template, kind, marked)
                office.client.request(method, address, params=query, headers={"X-Request-ID": NUMBER})
    # Every request has its line, and the questions that it asks of the graph theirs.
    assert log.text.count("INFO api.middleware request=") >= len(ways) * len(routes)
    assert "asked causes/household_findings" in log.text or kind == "Area"
    assert [mark for mark in (*MARKS, *households) if mark in log.text] == []


def test_no_file_that_is_sent_is_written_by_its_name_or_its_rows(office: Office) -> None:
    rows = f"id,member_count,head_name\n{NUMBER},3,{SOMEBODY}\n{NUMBER}1,four,{SOMEBODY}\n"
    with writing() as log:
        office.load(rows, name=f"police.Household.{SOMEBODY}.csv", feed="police", kind="Household")
        office.load_of(office.send(rows, name=f"{SOMEBODY}.csv").headers["location"])
        office.send(rows, max_rejects=SOMEBODY)
    assert "POST /v1/loads 202" in log.text
    assert [mark for mark in MARKS if mark in log.text] == []


def test_a_fault_is_written_without_its_text(office: Office) -> None:
    app = office.client.app
    held = app.state.keeper  # type: ignore[attr-defined] # our app
    with writing() as log:
        app.state.keeper = FailingKeeper(ZeroDivisionError(SOMEBODY))  # type: ignore[attr-defined]
        answer = office.client.get(f"/v1/cause-graph/Household/{NUMBER}")
        app.state.keeper = held  # type: ignore[attr-defined]
    assert answer.status_code == 500
    assert f"request={answer.headers['x-request-id']} unexpected ZeroDivisionError" in log.text
    assert [mark for mark in MARKS if mark in log.text] == []


def test_a_library_that_writes_a_fault_with_its_text_is_not_let() -> None:
    def fail() -> None:
        raise KeyError(SOMEBODY)

    with writing() as log:
        try:
            fail()
        except KeyError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "KeyError < tests.api.test_log:" in log.text
    assert SOMEBODY not in log.text


def test_a_fault_is_told_by_its_class_and_its_place() -> None:
    try:
        raise ValueError(SOMEBODY)
    except ValueError as error:
        told = told_without_values(error)
    assert told.startswith("ValueError < tests.api.test_log:")
    assert SOMEBODY not in told


def test_every_line_has_its_request_and_the_server_writes_as_we_do() -> None:
    assert "request=%(request_id)s" in LOG_FORM
    root, server = logging.getLogger(), logging.getLogger("uvicorn")
    before, own, access = root.handlers[:], server.handlers[:], logging.getLogger("uvicorn.access").disabled
    levels = {name: logging.getLogger(name).level for name in ("", "api", "loaders")}
    server.addHandler(logging.NullHandler())
    try:
        write_log()
        assert [type(handler.formatter) for handler in root.handlers] == [LogForm]
        assert server.handlers == []
        assert server.propagate
    finally:
        root.handlers[:], server.handlers[:] = before, own
        logging.getLogger("uvicorn.access").disabled = access
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
