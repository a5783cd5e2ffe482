"""What risk is computed with on the command line: as in a server, the version in use on the day of the graph."""

from __future__ import annotations

from analysis.questions.model_in_use import model_in_use
from analysis.risk.model import RiskModel
from cli.context import Context
from loaders.workspace import ReadyGraph


def model_used(here: Context, graph: ReadyGraph) -> RiskModel:
    """Return the model with the strengths of the vocabulary, or with the learned version that is in use."""
    work = here.workspace
    return model_in_use(graph.store, work.open_ledger(), work.schema, day=graph.day, as_of=graph.as_of)
