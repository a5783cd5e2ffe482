"""Files written by hand, and what loading makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema import Schema, load_schema
from loaders.checks.facts import check_facts
from loaders.checks.verdict import judge
from loaders.files.csv_text import parse_csv
from loaders.files.feed_file import FeedFile
from loaders.identity import Identity
from loaders.load_plan import plan_of, read_planned
from loaders.mapping import load_mapping
from loaders.reject import Reject, RejectSource
from tests.loaders.desk import Desk, RejectsOf, ToldRejects


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def identity() -> Identity:
    return Identity(b"a key of thirty-two bytes, fixed")


@pytest.fixture
def rejects_of(schema: Schema, identity: Identity, tmp_path: Path) -> RejectsOf:
    """Return the rejects of one file; `known` = register numbers and ids that the ledger has, by kind."""

    def found(
        name: str,
        text: str | bytes,
        *,
        known: Mapping[str, Sequence[str]] | None = None,
        mapping: str | None = None,
    ) -> list[Reject]:
        path = tmp_path / "mapping.yaml"
        if mapping is not None:
            path.write_text(mapping, encoding="utf-8")
        chosen = load_mapping(path, schema) if mapping is not None else None
        feed, kind = (chosen.feed, None) if chosen else name.split(".")[:2]
        plan = plan_of(FeedFile(Path(name), feed, kind), schema=schema, mapping=chosen)
        data = text.encode() if isinstance(text, str) else text
        read = read_planned(plan, parse_csv(data, file=name), schema=schema)
        lines = read.raw.lines
        checked = [
            check_facts(facts, schema=schema, identity=identity, feed=plan.feed, lines=lines) for facts in read.facts
        ]

        def ids(kind: str) -> pa.Array:
            vocabulary = {"Cause": schema.causes, "Indicator": schema.indicators, "Measure": schema.measures}
            given = [*vocabulary.get(kind, ()), *(known or {}).get(kind, ())]
            is_hidden = schema.node_kinds[kind].id_rule == "pseudonym"
            return pa.array(identity.pseudonyms(kind, given) if is_hidden else given, pa.string())

        return list(
            RejectSource(name, read.raw, checked, judge(checked, lines=lines, known=ids, schema=schema)).rejects()
        )

    return found


@pytest.fixture
def told(rejects_of: RejectsOf) -> ToldRejects:
    """Return the rejects of one file as line, column, value and code."""

    def short(name: str, text: str, **options: object) -> list[tuple[int, str, str, str]]:
        return [(reject.line, reject.column, reject.value, reject.code) for reject in rejects_of(name, text, **options)]

    return short


@pytest.fixture
def desk(tmp_path: Path, schema: Schema, identity: Identity) -> Desk:
    return Desk(tmp_path, schema, identity)
