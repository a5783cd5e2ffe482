"""Why a demand cannot take a lot, in numbers and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from analysis.code_labels import code_label
from analysis.errors import CATALOGUE
from analysis.frames import Row, texts_in
from analysis.produce.frames import LEFT
from analysis.produce.pairs import DEMAND, LOT
from analysis.produce.parts import Pool, Reason
from graph_schema import Schema
from graph_schema.messages import Label


@dataclass(frozen=True)
class _Sides:
    """Both sides of a constraint; `fields` fill the places of its sentence."""

    wanted: object = None
    offered: object = None
    short_by: float | None = None
    unit: str | None = None
    missing: tuple[str, ...] = ()
    pool: Pool | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


def reasons_of(pair: Row, pool: Pool | None, schema: Schema) -> tuple[Reason, ...]:
    """Return one reason per failed constraint of a pair (a row of `ranking.ranked_refusals`), in their order."""
    return tuple(_reason(name, pair, pool, schema) for name in texts_in(pair, "failed"))


def _reason(name: str, pair: Row, pool: Pool | None, schema: Schema) -> Reason:
    sides = _SIDES[name](pair, pool, schema)
    code = f"reason_{name}"
    if sides.pool is not None:
        code = "reason_batch_pooled" if sides.pool.is_enough else "reason_batch_pool_too_small"
    shown = {"wanted": sides.wanted, "offered": sides.offered, "short_by": sides.short_by, **sides.fields}
    return Reason.model_validate(
        {
            "code": name,
            "wanted": sides.wanted,
            "offered": sides.offered,
            "short_by": sides.short_by,
            "unit": sides.unit,
            "missing": sides.missing,
            "pool": sides.pool,
            "text_en": CATALOGUE.what(code, shown, "en"),
            "text_zh": CATALOGUE.what(code, shown, "zh"),
        }
    )


def _lot_open(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    status = str(pair["lot_status"])
    return _Sides(offered=status, fields={"status": code_label(schema, status, "lot_status")})


def _lot_fresh(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _late(pair["use_by_on"], pair["day"])


def _lot_left(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _Sides(offered=pair[LEFT + LOT])


def _buyer_open(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _Sides(offered=pair["enterprise_closed_on"])


def _demand_running(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _late(pair["ends_on"], pair["day"])


def _demand_left(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _Sides(offered=pair[LEFT + DEMAND], fields={"all": kg_text(pair["wanted_quantity_kg"])})


def _grade(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    wanted, offered = str(pair["min_grade"]), str(pair["grade"])
    labels = {"wanted": code_label(schema, wanted, "grade"), "offered": code_label(schema, offered, "grade")}
    return _Sides(wanted=wanted, offered=offered, fields=labels)


def _certificates(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    missing = texts_in(pair, "missing_certificates")
    return _Sides(missing=missing, fields={"missing": Label(en=", ".join(missing), zh="、".join(missing))})


def _place(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _Sides()


def _distance(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    wanted, offered = _number(pair["max_distance_km"]), _number(pair["distance_km"])
    over = round(offered - wanted, 1)
    return _Sides(
        wanted,
        offered,
        over,
        "km",
        fields={"wanted": f"{wanted:,.1f}", "offered": f"{offered:,.1f}"} | {"short_by": f"{over:,.1f}"},
    )


def _price(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    wanted, offered = _number(pair["ask_fen_per_kg"]), _number(pair["after_transport_fen_per_kg"])
    short = wanted - offered
    texts = {"wanted": yuan_text(wanted), "offered": yuan_text(offered), "short_by": yuan_text(short)}
    return _Sides(wanted, offered, short, "fen_per_kg", fields=texts)


def _window(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _late(pair["ends_on"], pair["arrives_on"])


def _keeping(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    return _late(pair["use_by_on"], pair["arrives_on"])


def _batch(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    wanted, offered = _number(pair["min_batch_quantity_kg"]), _number(pair["quantity_kg"])
    texts = _kg_texts(wanted, offered)
    if pool is not None:
        texts |= {"pooled": kg_text(pool.quantity_kg), "cooperative": pool.cooperative_name or pool.cooperative_id}
    return _Sides(wanted, offered, wanted - offered, "kg", pool=pool, fields=texts)


def _split(pair: Row, pool: Pool | None, schema: Schema) -> _Sides:
    wanted, offered = _number(pair["min_split_quantity_kg"]), _number(pair["quantity_kg"])
    return _Sides(wanted, offered, wanted - offered, "kg", fields=_kg_texts(wanted, offered))


_SIDES: Mapping[str, Callable[[Row, Pool | None, Schema], _Sides]] = {
    "lot_open": _lot_open,
    "lot_fresh": _lot_fresh,
    "lot_left": _lot_left,
    "buyer_open": _buyer_open,
    "demand_running": _demand_running,
    "demand_left": _demand_left,
    "grade": _grade,
    "certificates": _certificates,
    "place": _place,
    "distance": _distance,
    "price": _price,
    "window": _window,
    "keeping": _keeping,
    "batch": _batch,
    "split": _split,
}


def _late(last_day: object, day: object) -> _Sides:
    if not isinstance(last_day, date) or not isinstance(day, date):
        raise TypeError(day)
    return _Sides(last_day, day, (day - last_day).days, "days")


def _kg_texts(wanted: float, offered: float) -> dict[str, object]:
    return {"wanted": kg_text(wanted), "offered": kg_text(offered), "short_by": kg_text(wanted - offered)}


def _number(value: object) -> float:
    return float(str(value))


def kg_text(value: object) -> str:
    """Return a quantity for a sentence: whole kilograms with a comma at the thousands."""
    return f"{_number(value):,.0f}"


def yuan_text(fen: float) -> str:
    """Return a price in fen as yuan for a sentence."""
    return f"{fen / 100:,.2f}"
