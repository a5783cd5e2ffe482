"""The facts of a household: its properties as the graph holds them and its newest observations, each with its feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.contradictions.parts import Wording
from analysis.contradictions.wordings import value_wording, wording
from analysis.frames import Row
from analysis.history.privacy import sensitive_keys
from analysis.history.statements import HOUSEHOLD, Statement
from analysis.household.believed import believed, speaking
from analysis.household.parts import Fact, Source
from graph_schema import Schema
from graph_schema.meta import Property
from policy import Policy

OBSERVATION = "Observation"
NUMBER_FORM = "{:.12g}"
RANGE_MARK = " – "


@dataclass(frozen=True)
class Telling:
    """What facts are told with. `disputed`: properties and indicators on which an open contradiction may be shown."""

    schema: Schema
    policy: Policy
    day: date
    show_sensitive: bool
    disputed: Collection[str]

    def source(self, statement: Statement | None, said_on: date | None = None) -> Source | None:
        """Return who says something: since `said_on`, else since it was recorded; None for nobody."""
        if statement is None:
            return None
        since = said_on or statement.recorded_at.date()
        feed = self.schema.feeds.get(statement.feed)
        return Source(
            feed=_required(statement.feed, wording(statement.feed, feed.label if feed else None)),
            said_on=since,
            age_days=None if since > self.day else (self.day - since).days,
            is_made_up=statement.is_made_up,
        )


def property_facts(telling: Telling, row: Row, said: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return the properties that the graph holds of a household, in the order of the schema.

    `said`: the statements that count. What is personal is left out, as is what is not known.
    """
    spoken = speaking((each for each in said if each.kind == HOUSEHOLD), telling.day)
    shown = [
        entry
        for entry in telling.schema.node_kind(HOUSEHOLD).properties
        if not entry.is_personal and (telling.show_sensitive or not entry.is_sensitive)
    ]
    return tuple(_property(telling, entry, row[entry.name], spoken) for entry in shown if row[entry.name] is not None)


def observation_facts(telling: Telling, said: Sequence[Statement]) -> tuple[tuple[Fact, ...], int]:
    """Return the newest observation of each indicator and product, in the order of the vocabulary.

    Also how many indicators are left out because they, or what was answered, are sensitive. Of observations of one day
    the feed that the policy believes first counts.
    """
    observed = [each for each in said if each.kind == OBSERVATION and _made_on(each) <= telling.day]
    hidden = frozenset() if telling.show_sensitive else sensitive_keys(telling.schema, observed)
    order = telling.policy.feed_order(OBSERVATION, day=telling.day)
    ranks = {feed: place for place, feed in enumerate(order)}
    series: dict[tuple[str, str], list[Statement]] = {}
    for each in observed:
        series.setdefault((str(each.text("indicator_id")), each.text("product_id") or ""), []).append(each)
    facts, hidden_count = [], 0
    for (indicator, _), of_series in sorted(series.items(), key=lambda part: _place(telling.schema, part[0])):
        if any((each.kind, each.key) in hidden for each in of_series):
            hidden_count += 1
            continue
        newest = max(of_series, key=lambda each: (_made_on(each), -ranks.get(each.feed, len(ranks)), each.order))
        facts.append(_observation(telling, indicator, newest))
    return tuple(facts), hidden_count


def value_text(value: object) -> str:
    """Return a value as feed files write it.

    >>> value_text(True), value_text(3.50), value_text(date(2020, 12, 31)), value_text("B")
    ('yes', '3.5', '2020-12-31', 'B')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return NUMBER_FORM.format(value) if isinstance(value, float) else str(value)


def _property(telling: Telling, entry: Property, value: object, spoken: Sequence[Statement]) -> Fact:
    order = telling.policy.feed_order(HOUSEHOLD, entry.name, day=telling.day)
    statement = believed(spoken, entry.name, order)
    text = value_text(value)
    is_said = statement is not None and value_text(statement.values[entry.name]) == text
    return Fact(
        aspect=_required(entry.name, wording(entry.name, entry.label)),
        product=None,
        value=_required(text, value_wording(telling.schema, HOUSEHOLD, entry.name, text)),
        value_on=value if isinstance(value, date) else None,
        source=telling.source(statement) if is_said else None,
        is_disputed=entry.name in telling.disputed,
    )


def _observation(telling: Telling, indicator: str, statement: Statement) -> Fact:
    known = telling.schema.indicators.get(indicator)
    product_id = statement.text("product_id")
    product = telling.schema.products.get(product_id or "")
    texts = [value_text(value) for value in _observed(statement.values)]
    values = [_required(text, value_wording(telling.schema, HOUSEHOLD, indicator, text)) for text in texts]
    return Fact(
        aspect=_required(indicator, wording(indicator, known.label if known else None)),
        product=wording(product_id, product.label if product else None),
        value=_joined(values),
        value_on=None,
        source=telling.source(statement, _made_on(statement)),
        is_disputed=indicator in telling.disputed,
    )


def _observed(values: Mapping[str, object]) -> list[object]:
    """Return what was observed: an answer, a number, or the ends that it lies between."""
    for name in ("answer", "number_value"):
        if values.get(name) is not None:
            return [values[name]]
    return [values[name] for name in ("low_value", "high_value") if values.get(name) is not None]


def _joined(values: Sequence[Wording]) -> Wording:
    """Return one value as it is, the two ends of a range as one."""
    return Wording(
        code=RANGE_MARK.join(each.code for each in values),
        en=RANGE_MARK.join(each.en for each in values),
        zh=RANGE_MARK.join(each.zh for each in values),
    )


def _made_on(statement: Statement) -> date:
    return statement.day("observed_on") or statement.recorded_at.date()


def _place(schema: Schema, series: tuple[str, str]) -> tuple[int, str, str]:
    order = list(schema.indicators)
    return (order.index(series[0]) if series[0] in order else len(order), *series)


def _required(code: str, told: Wording | None) -> Wording:
    return told or Wording(code=code, en=code, zh=code)
