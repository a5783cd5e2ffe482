"""The sentences of the command line, from its `messages.yaml`."""

from __future__ import annotations

from graph_schema.messages import Catalogue

CATALOGUE = Catalogue("cli")
