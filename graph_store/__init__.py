"""The graph stores: one protocol, an embedded engine and Neo4j behind it, questions in `.cypher` files."""

from graph_store.errors import StoreAway, StoreError, StoreHeld
from graph_store.open import open_store
from graph_store.protocol import GraphStore, Marker, Row
from graph_store.queries import Query, load_queries

__all__ = ["GraphStore", "Marker", "Query", "Row", "StoreAway", "StoreError", "StoreHeld", "load_queries", "open_store"]
