"""One way to open a graph, wherever it is."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import SecretStr

from graph_schema import Schema
from graph_store.embedded_store import EmbeddedStore
from graph_store.errors import StoreError
from graph_store.protocol import GraphStore
from graph_store.queries import load_queries
from graph_store.writer_lease import WriterLease

_HOST = r"(\[[0-9a-fA-F:.]+\]|[^\s/@?#:\[\]]+)"
_SERVER = re.compile(rf"(neo4j|bolt)(\+s|\+ssc)?://{_HOST}(:[0-9]{{1,5}})?/?")


def open_store(
    url: str,
    schema: Schema,
    *,
    user: str | None = None,
    password: SecretStr | str | None = None,
    database: str | None = None,
    connect_seconds: float = 2.0,
    question_seconds: float = 60.0,
    read_only: bool = False,
    stays: bool = False,
) -> GraphStore:
    """Return the graph at `url`: `embedded:FILE`, or `neo4j://HOST:PORT` and its bolt and TLS forms.

    `connect_seconds`: how long a server may take to accept a connection. `question_seconds`: how long a question may
    take. `read_only` (embedded): look at the last snapshot even while another process writes. `stays` (embedded): the
    holder is a server and no passing command, which others are told. Raises StoreError.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "embedded" and rest and not rest.startswith("//"):
        lease = None if read_only else WriterLease(Path(rest), stays=stays)
        return EmbeddedStore(Path(rest), schema, load_queries(), question_seconds=question_seconds, lease=lease)
    if not _SERVER.fullmatch(url):
        raise StoreError("bad_url", url=_without_secret(url))
    # The driver takes half a second and 100 MB: only who uses Neo4j shall pay for it.
    from graph_store.neo4j_errors import ServerAddress
    from graph_store.neo4j_store import Neo4jStore

    secret = SecretStr(password) if isinstance(password, str) else password
    address = ServerAddress(url, user, secret, database, connect_seconds)
    return Neo4jStore(address, schema, load_queries(), question_seconds=question_seconds)


def _without_secret(url: str) -> str:
    """Return the address without what may be a password: all before the last `@`, and any value said to be one."""
    without_login = re.sub(r"^([a-z0-9+]*:/{0,2}).*@", r"\1", url, flags=re.IGNORECASE | re.DOTALL)
    return re.sub(r"(pass[a-z]*=)[^&]*", r"\1", without_login, flags=re.IGNORECASE)
