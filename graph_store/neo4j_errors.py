"""What the Neo4j driver reports, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from pydantic import SecretStr

from graph_store.errors import StoreAway, StoreError

_AWAY = (ServiceUnavailable, SessionExpired, ConnectionAcquisitionTimeoutError)


@dataclass(frozen=True)
class ServerAddress:
    """Where a server is and how to log in. `database` None = the server's own choice."""

    url: str
    user: str | None
    password: SecretStr | None
    database: str | None
    connect_seconds: float


def connection_fault(error: DriverError | Neo4jError, address: ServerAddress) -> StoreError | None:
    """Return the error to raise if the server cannot be used at all, None if the fault lies in what was asked."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, _AWAY):
        return StoreAway("engine_away", url=address.url)
    if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security."):
        return StoreAway("wrong_password", url=address.url)
    if code in ("Neo.ClientError.Database.DatabaseNotFound", "Neo.TransientError.Database.DatabaseUnavailable"):
        return StoreAway("unknown_database", url=address.url, database=address.database or "neo4j")
    if isinstance(error, ConfigurationError):
        return StoreError("bad_url", url=address.url)
    return None


def question_fault(error: DriverError | Neo4jError, query: str, text: str, seconds: float) -> StoreError:
    """Return the error to raise for a question that the server refused or gave up."""
    if "TransactionTimedOut" in (getattr(error, "code", None) or ""):
        return StoreAway("too_slow", query=query, seconds=seconds)
    return StoreError("query_failed", query=query, reason=_reason(error), text=text)


def writing_fault(error: DriverError | Neo4jError, kind: str, text: str) -> StoreError:
    """Return the error to raise for a statement that the server refused; nothing of it was written."""
    return StoreError("write_failed", kind=kind, reason=_reason(error), text=text)


def _reason(error: DriverError | Neo4jError) -> str:
    # What the driver itself finds has its text in the error, what the server says in `message`.
    return (error.message if isinstance(error, Neo4jError) else None) or str(error)
