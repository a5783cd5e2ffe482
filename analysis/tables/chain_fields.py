"""The cells that every chain of help has, whether one household stands at its end or all of a cooperative."""

from __future__ import annotations

from typing import TypeVar

from analysis.assistance.parts import Chain
from analysis.code_labels import code_label
from analysis.links.parts import TrunkChain
from analysis.tables.cells import listed, party, word
from analysis.tables.table import Cell, Field
from analysis.tables.words import cell_word
from graph_schema import Schema

Linked = TypeVar("Linked", Chain, TrunkChain)


def linked_fields(of: type[Linked], schema: Schema) -> tuple[Field[Linked], ...]:
    """Return the cells from the agency down to the cooperative, of chains of the form `of`."""
    return (
        Field("chain_id", "text", lambda chain: chain.chain_id),
        Field("is_whole", "flag", lambda chain: chain.is_whole),
        Field("missing", "text", lambda chain: listed(cell_word(f"link_{link}") for link in chain.missing)),
        Field("agency", "text", lambda chain: party(chain.agency)),
        Field("programme", "text", lambda chain: party(chain.programme)),
        Field("enterprise", "text", lambda chain: party(chain.enterprise)),
        Field("contract_id", "text", lambda chain: chain.contract.id if chain.contract else None),
        Field("contract_kind", "text", lambda chain: _contract_kind(chain, schema)),
        Field("product", "text", lambda chain: word(chain.contract.product) if chain.contract else None),
        Field("cooperative", "text", lambda chain: party(chain.cooperative)),
    )


def _contract_kind(chain: Chain | TrunkChain, schema: Schema) -> Cell:
    return code_label(schema, chain.contract.contract_kind, "contract_kind") if chain.contract else None
