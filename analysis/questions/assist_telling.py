"""What explanations of an assistance plan have in common: what is computed once, chains, changes and sentences told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.amounts import plain, yuan
from analysis.assistance.parts import Party, Word
from analysis.assistance.plan.program import SLOTS
from analysis.assistance.plan.why.grants import BUDGET, CEILING, FORBIDDEN, LIMIT, PROGRAMMES, Change, granted
from analysis.assistance.plan.why.standing import Standing, standing
from analysis.assistance.showing import Showing
from analysis.assistance.words import measure_word
from analysis.code_labels import code_label
from analysis.errors import CATALOGUE, SubjectNotFound
from analysis.produce.board_parts import Place
from analysis.questions.assist_chain_parts import ChainWay, ChangePart
from analysis.questions.assist_plan_made import MadeAssistPlan
from analysis.questions.assist_plan_told import WEIGHTED_IN_A_YUAN, party_of, place_of
from analysis.sensitivity import is_sensitive_measure
from graph_schema import Schema
from graph_schema.messages import Label

_TRAINING, _FEN = "training", "fen"
_HOLDERS = {"agency": "Agency", "enterprise": "Enterprise", "cooperative": "Cooperative", "offer": "Programme"}


@dataclass(frozen=True)
class AssistIndex:
    """A plan that is made, with what explanations of it need and what is computed when it is first asked for."""

    made: MadeAssistPlan

    @cached_property
    def stands(self) -> Standing:
        """Return where the plan leaves everything."""
        made = self.made
        return standing(made.allocation.program, made.plan.units, most_programmes=made.how.most_programmes)

    @cached_property
    def covered(self) -> pd.DataFrame:
        """Return the needs of the program with covered_fen."""
        needs = self.made.allocation.program.needs
        return needs.assign(covered_fen=needs["need_fen"] - self.stands.lacks.rest)


class Telling:
    """How parts of a plan are told: names, chains and changes, as far as the asker may see them."""

    def __init__(self, made: MadeAssistPlan, schema: Schema, *, show_sensitive: bool) -> None:
        self.made, self.schema, self.show_sensitive = made, schema, show_sensitive
        self.showing = Showing(schema, made.allocation.names, show_sensitive)
        self._program = made.allocation.program

    def hides(self, chain: int) -> bool:
        """Return whether a chain (position) would tell a sensitive cause."""
        row = self._program.chains.iloc[chain]
        return self.hides_need(int(row["need"])) or self.hides_measure(str(row["measure_id"]))

    def hides_need(self, need: int) -> bool:
        """Return whether a need (position) is of a sensitive cause."""
        return not self.showing.may_show(str(self._program.needs["cause_id"].iat[need]))

    def hides_measure(self, measure_id: str) -> bool:
        """Return whether a measure would tell a sensitive cause."""
        return not self.show_sensitive and is_sensitive_measure(self.schema, measure_id)

    def village_of(self, need: int) -> Place:
        """Return the village of a need (position)."""
        return place_of(self.made, self._program.needs["village_id"].iat[need])

    def programme(self, programme_id: object) -> Party:
        """Return a programme with its name."""
        return self.party("Programme", str(programme_id))

    def party(self, kind: str, id_: str) -> Party:
        """Return a party with its name."""
        return party_of(self.made, kind, id_) or Party(kind=kind, id=id_, name=None)

    def holder(self, layer: str, holder_id: str) -> Party:
        """Return who has a resource of a layer: a partner is an enterprise where one has that id."""
        kind = _HOLDERS.get(layer)
        if kind is None:
            is_enterprise = ("Enterprise", holder_id) in self.made.allocation.names
            kind = "Enterprise" if is_enterprise else "Cooperative"
        return self.party(kind, holder_id)

    def way(self, chain: int) -> ChainWay:
        """Return a chain (position) with everybody on it."""
        row = self._program.chains.iloc[chain]
        programme = self._program.programmes.iloc[int(row["programme"])]
        made = self.made
        return ChainWay(
            measure=measure_word(self.schema, str(row["measure_id"])),
            programme=self.programme(programme["programme_id"]),
            agency=party_of(made, "Agency", programme["agency_id"]),
            enterprise=party_of(made, "Enterprise", row["enterprise_id"]),
            contract_id=_text(row["contract_id"]),
            cooperative=party_of(made, "Cooperative", row["cooperative_id"]),
            resource_id=_text(row["pool_id"]),
            cost_fen=int(row["cost_fen"]),
            cover_fen=int(row["cover_fen"]),
            to_check=bool(row["to_check"]),
        )

    def change(self, change: Change, *, measure_id: str | None = None) -> ChangePart:
        """Return a change; `measure_id`: of the chain that asks for it, where it is about places of an offer."""
        text = self._change_text(change, measure_id)
        return ChangePart(
            kind=change.kind,
            id=change.id,
            amount=change.amount,
            unit=self.unit(change),
            programme_id=change.programme_id,
            text_en=text.en,
            text_zh=text.zh,
        )

    def check(self, change: Change) -> None:
        """Raise SubjectNotFound for a change of something that is not in the plan, QuestionError for what cannot be."""
        granted(self._program, [change])
        if change.kind == PROGRAMMES and change.id not in set(self._program.needs["household_id"]):
            raise SubjectNotFound("unknown_in_assist_plan", id=change.id)

    def programme_of(self, change: Change) -> str | None:
        """Return the programme of the first chain that takes from a resource, None where none does."""
        chain = self._chain_with(change)
        return None if chain is None else str(self._program.programmes["programme_id"].iat[int(chain["programme"])])

    def unit(self, change: Change) -> str:
        """Return what a change counts in: fen, place, programme, rule, or the unit of a resource."""
        if change.kind in (BUDGET, LIMIT, CEILING):
            return _FEN
        if change.kind in SLOTS:
            return str(self._resource(change.id)["unit"] or "place")
        return "programme" if change.kind == PROGRAMMES else "rule"

    def _change_text(self, change: Change, measure_id: str | None) -> Label:
        code = f"assist_change_{change.kind}"
        if change.kind in (BUDGET, LIMIT):
            return said(code, programme=named(self.programme(change.id)), amount=money(change.amount))
        if change.kind == CEILING:
            return said(code, enterprise=named(self.party("Enterprise", change.id)), amount=money(change.amount))
        if change.kind == FORBIDDEN:
            return said(code, programme=named(self.programme(change.programme_id)))
        return said(code) if change.kind == PROGRAMMES else self._resource_text(change, measure_id)

    def _resource_text(self, change: Change, measure_id: str | None) -> Label:
        resource = self._resource(change.id)
        holder = named(self.holder(change.kind, str(resource["holder_id"])))
        chain = self._chain_with(change)
        amount = money(change.amount) if resource["unit"] == _FEN else Label(plain(change.amount), plain(change.amount))
        if change.kind == "offer":
            measure = measure_id or (None if chain is None else str(chain["measure_id"]))
            return said("assist_change_offer", programme=holder, amount=amount, measure=self._measure(measure))
        if change.kind in ("partner", "partner_budget"):
            programme = self.programme(self.programme_of(change) or "")
            return said(f"assist_change_{change.kind}", holder=holder, amount=amount, programme=named(programme))
        if not resource["kind"]:
            return said("assist_change_resource_unnamed", holder=holder, amount=amount)
        kind = resource_label(self.schema, str(resource["kind"]))
        return said("assist_change_resource", holder=holder, amount=amount, resource=kind)

    def _measure(self, measure_id: str | None) -> Label:
        return Label("", "") if measure_id is None else word(measure_word(self.schema, measure_id))

    def _resource(self, resource_id: str) -> pd.Series:
        resources = self._program.resources
        return resources.iloc[int(resources["resource_id"].searchsorted(resource_id))]

    def _chain_with(self, change: Change) -> pd.Series | None:
        """Return the first chain that takes from a resource, None where none does."""
        place = int(self._program.resources["resource_id"].searchsorted(change.id))
        rows = (self._program.chains[change.kind] == place).to_numpy()
        return self._program.chains.iloc[int(rows.argmax())] if rows.any() else None


def resource_label(schema: Schema, kind: str) -> Label:
    """Return the name of a kind of resource."""
    return said("assist_kind_training") if kind == _TRAINING else code_label(schema, kind, "resource_kind")


def way_label(way: ChainWay) -> Label:
    """Return through whom a chain leads, empty where the programme gives by itself."""
    if way.enterprise and way.cooperative:
        return said("assist_way_both", enterprise=named(way.enterprise), cooperative=named(way.cooperative))
    if way.enterprise:
        return said("assist_way_enterprise", enterprise=named(way.enterprise))
    if way.cooperative:
        return said("assist_way_cooperative", cooperative=named(way.cooperative))
    return Label("", "")


def said(code: str, **fields: object) -> Label:
    """Return a sentence of the catalogue in both languages; a Label among the fields goes into each as it is there."""
    return Label(en=CATALOGUE.what(code, fields, "en"), zh=CATALOGUE.what(code, fields, "zh"))


def named(party: Party) -> str:
    """Return the name of a party, its id where it has none."""
    return party.name or party.id


def word(word_: Word) -> Label:
    """Return the name of a word in both languages."""
    return Label(en=word_.name_en, zh=word_.name_zh)


def money(fen: int) -> Label:
    """Return a sum of money in words."""
    return Label(en=str(yuan(fen, "en")), zh=str(yuan(fen, "zh")))


def weighted(amount: int) -> str:
    """Return severity-weighted fen as yuan of severity-weighted need."""
    return plain(amount / WEIGHTED_IN_A_YUAN)


def joined(labels: Sequence[Label]) -> Label:
    """Return several things in one line."""
    return Label(en=" and ".join(label.en for label in labels), zh="，且".join(label.zh for label in labels))


def together(*labels: Label) -> Label:
    """Return several sentences one after the other."""
    return Label(en=" ".join(label.en for label in labels), zh="".join(label.zh for label in labels))


def listed(names: Iterable[str]) -> Label:
    """Return several names in one line."""
    each = [*names]
    return Label(en=", ".join(each), zh="、".join(each))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
