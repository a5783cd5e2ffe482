"""A store is opened by its address; whatever stands in the way is said at once, and no secret is ever shown."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from graph_schema import Schema
from graph_store import StoreAway, StoreError, open_store
from tests.graph_store.conftest import LockedServer

SECRET = "wrong-plum-9"  # noqa: S105 - opens nothing


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Yield a port on which nobody listens, and on which nobody can begin to while the test runs."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Yield a port where somebody listens who never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "graph.kgl",
        "embedded",
        "embedded:",
        "embedded://graph.kgl",
        "EMBEDDED:graph.kgl",
        "sqlite:graph.kgl",
        "http://localhost:7474",
        "neo4j:localhost",
        "neo4j:/localhost",
        "neo4j://",
        "neo4j+tls://localhost",
        "bolt://local host",
        "bolt://localhost/neo4j",
        "bolt://localhost:port",
        "bolt://localhost:",
        " bolt://localhost:7687",
    ],
)
def test_what_is_not_the_address_of_a_graph_is_refused(schema: Schema, url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url, schema)
    assert (caught.value.code, caught.value.fields["url"]) == ("bad_url", url)


@pytest.mark.parametrize(
    "url",
    [
        f"bolt://neo4j:{SECRET}@localhost:7687",
        f"neo4j+s://neo4j:{SECRET}@localhost",
        f"http://neo4j:{SECRET}@localhost:7474",
        f"neo4j://neo4j:a/{SECRET}@localhost",
        f"neo4j://neo4j:a@{SECRET}@localhost",
        f"neo4j://neo4j:{SECRET}/@localhost",
        f"neo4j:neo4j:{SECRET}@localhost",
        f"neo4j:{SECRET}@localhost",
        f"bolt://localhost:7687?password={SECRET}",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_shown(schema: Schema, url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url, schema)
    shown = caught.value.text("en") + caught.value.text("zh") + "".join(traceback.format_exception(caught.value))
    assert caught.value.code == "bad_url"
    assert SECRET not in shown


@pytest.mark.parametrize("scheme", ["neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"])
@pytest.mark.parametrize("end", ["", "/"])
def test_every_form_of_a_server_s_address_is_tried(schema: Schema, scheme: str, end: str, closed_port: int) -> None:
    with pytest.raises(StoreAway) as caught:
        open_store(f"{scheme}://127.0.0.1:{closed_port}{end}", schema, user="neo4j", password=SECRET)
    assert (caught.value.code, caught.value.status) == ("engine_away", 503)


def test_a_server_that_is_away_is_named_without_the_password(schema: Schema, closed_port: int) -> None:
    url = f"bolt://127.0.0.1:{closed_port}"
    with pytest.raises(StoreAway) as caught:
        open_store(url, schema, user="neo4j", password=SecretStr(SECRET))
    assert caught.value.fields == {"url": url}
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_server_that_accepts_but_never_answers_is_away(schema: Schema, silent_port: int) -> None:
    with pytest.raises(StoreAway) as caught:
        open_store(f"bolt://127.0.0.1:{silent_port}", schema, connect_seconds=0.3)
    assert caught.value.code == "engine_away"


def test_a_host_that_is_not_known_is_away(schema: Schema) -> None:
    # Names that end in .invalid never exist.
    with pytest.raises(StoreAway) as caught:
        open_store("bolt://graph.invalid:7687", schema)
    assert caught.value.code == "engine_away"


@pytest.mark.parametrize("name", ["graph.kgl", "图 数据.kgl", "with:colon.kgl"])
def test_an_embedded_graph_is_named_by_its_file(schema: Schema, tmp_path: Path, name: str) -> None:
    store = open_store(f"embedded:{tmp_path / name}", schema)
    store.save()
    store.close()
    assert (store.engine, (tmp_path / name).is_file()) == ("embedded", True)


def test_a_relative_path_is_seen_from_where_we_are(
    schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("embedded:graph.kgl", schema)
    store.save()
    store.close()
    assert (tmp_path / "graph.kgl").is_file()


@pytest.mark.parametrize("wrap", [str, SecretStr], ids=["text", "secret"])
def test_the_right_password_opens_the_server(
    locked_server: LockedServer, schema: Schema, wrap: Callable[[str], str | SecretStr]
) -> None:
    store = open_store(locked_server.url, schema, user=locked_server.user, password=wrap(locked_server.password))
    rows = store.ask("upkeep/counts")
    store.close()
    assert (store.engine, rows) == ("neo4j", [])


def test_the_user_is_neo4j_unless_another_is_named(locked_server: LockedServer, schema: Schema) -> None:
    store = open_store(locked_server.url, schema, password=locked_server.password)
    store.close()
    assert store.engine == "neo4j"


@pytest.mark.parametrize("password", [SECRET, None], ids=["wrong", "none"])
def test_a_wrong_password_is_said_and_not_shown(
    locked_server: LockedServer, schema: Schema, password: str | None
) -> None:
    with pytest.raises(StoreAway) as caught:
        open_store(locked_server.url, schema, user=locked_server.user, password=password)
    assert (caught.value.code, caught.value.fields) == ("wrong_password", {"url": locked_server.url})
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_an_unknown_database_is_named(locked_server: LockedServer, schema: Schema) -> None:
    with pytest.raises(StoreAway) as caught:
        open_store(
            locked_server.url, schema, user=locked_server.user, password=locked_server.password, database="orchard"
        )
    assert (caught.value.code, caught.value.fields["database"]) == ("unknown_database", "orchard")


def test_the_one_database_can_be_named(locked_server: LockedServer, schema: Schema) -> None:
    store = open_store(
        locked_server.url, schema, user=locked_server.user, password=locked_server.password, database="neo4j"
    )
    rows = store.ask("upkeep/counts")
    store.close()
    assert rows == []
