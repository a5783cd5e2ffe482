"""The nouns: kinds, properties, codes, causes, links, indicators, measures and feeds, read from YAML."""

from graph_schema.errors import NotFound, PlumlineError, SchemaError
from graph_schema.schema import Schema, load_schema

__all__ = ["NotFound", "PlumlineError", "Schema", "SchemaError", "load_schema"]
