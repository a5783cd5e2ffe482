"""Whether one cell of a mapping can be read as it says: keys that go together, units, code lists, days."""

from __future__ import annotations

from dataclasses import dataclass

from graph_schema import Schema
from graph_schema.meta import PropertyType
from graph_schema.tables import FactColumn
from graph_schema.types import property_unit
from loaders.mapping.code_words import known_lists, shared_codes
from loaders.mapping.forms import CellForm, FactForm
from loaders.mapping.places import MappingPlace
from loaders.mapping.units import Unit, Units

# Values whose unit is that of the indicator which the same fact names.
OF_INDICATOR = frozenset({"number_value", "low_value", "high_value"})
INDICATOR_COLUMN, ANSWER_COLUMN = "indicator_id", "answer"
YES_AND_NO = frozenset({"yes", "no"})
CODE_JOINT = ";"


@dataclass(frozen=True)
class CellPlace:
    """A cell of a mapping: the column it fills, the fact it belongs to, and where it stands in the file."""

    column: FactColumn
    fact: FactForm
    place: MappingPlace

    @property
    def indicator(self) -> str | None:
        """Return the indicator that the fact names for all rows, None where it names none."""
        named = self.fact.columns.get(INDICATOR_COLUMN)
        return named.value if named else None


def checked_cell(cell: CellForm, at: CellPlace, *, schema: Schema, units: Units) -> CellForm:
    """Return the cell with the unit it is turned into, and with the words of its shared code list.

    Raises LoadError with file and line.
    """
    _check_keys(cell, at)
    if cell.day is not None and at.column.type is not PropertyType.DAY:
        raise at.place.below("day").fault("mapping_no_day_column", column=at.column.name)
    if cell.unit is not None:
        cell = _with_units(cell, at, schema=schema, units=units)
    if cell.codes_from is not None:
        cell = _with_shared_codes(cell, at, schema)
    _check_codes(cell, at, schema)
    return cell


def _check_keys(cell: CellForm, at: CellPlace) -> None:
    ways = [keys for keys in cell.ways.values() if keys]
    if len(ways) > 1:
        raise at.place.fault("mapping_keys_exclude", keys=", ".join(keys[0] for keys in ways))
    reading = [*(keys[0] for keys in ways), *(["part"] if cell.part else []), *(["empty"] if cell.empty else [])]
    is_read = bool(cell.columns_read) or cell.row_number is not None
    if reading and not is_read:
        raise at.place.fault("mapping_key_without", key=reading[0], needs="column")
    if cell.to is not None and cell.unit is None:
        raise at.place.below("to").fault("mapping_key_without", key="to", needs="unit")
    if cell.take is not None and not at.fact.group_by:
        raise at.place.below("take").fault("mapping_key_without", key="take", needs="group_by")


def _with_units(cell: CellForm, at: CellPlace, *, schema: Schema, units: Units) -> CellForm:
    own = _found(cell.unit or "", at.place.below("unit"), units)
    told = _told_unit(at, schema)
    if told is None and cell.to is None:
        raise at.place.below("unit").fault("mapping_unit_without_target", column=at.column.name)
    # A unit that the schema names and the table of units does not cannot be turned into.
    target = units.find(told) if told is not None else _found(cell.to or "", at.place.below("to"), units)
    if target is None or target.measure != own.measure:
        known = units.words_of(target.measure) if target else "-"
        raise at.place.below("unit").fault(
            "mapping_unit_does_not_fit", unit=cell.unit, column=at.column.name, target=told or cell.to, known=known
        )
    if told is not None and cell.to is not None and units.find(cell.to) != target:
        raise at.place.below("to").fault("mapping_unit_told", column=at.column.name, target=told, unit=cell.to)
    return cell.model_copy(update={"unit": own.key, "to": target.key})


def _found(word: str, place: MappingPlace, units: Units) -> Unit:
    unit = units.find(word)
    if unit is None:
        raise place.fault("mapping_unknown_unit", unit=word, known=", ".join(units.by_key))
    return unit


def _told_unit(at: CellPlace, schema: Schema) -> str | None:
    if at.column.name in OF_INDICATOR:
        indicator = schema.indicators.get(at.indicator or "")
        return indicator.unit if indicator else None
    return property_unit(at.column.name)


def _with_shared_codes(cell: CellForm, at: CellPlace, schema: Schema) -> CellForm:
    name, place = cell.codes_from or "", at.place.below("codes_from")
    shared = shared_codes(name, schema)
    if shared is None:
        raise place.fault("mapping_unknown_code_list", name=name, known=", ".join(known_lists(schema)))
    allowed = _allowed(at, schema)
    if allowed is not None and not allowed.issuperset(shared.codes):
        raise place.fault("mapping_codes_do_not_fit", name=name, column=at.column.name, known=_shown(allowed))
    return cell.model_copy(
        update={"codes": {**shared.code_of_word, **cell.codes}, "empty": (*cell.empty, *shared.empty)}
    )


def _check_codes(cell: CellForm, at: CellPlace, schema: Schema) -> None:
    allowed = _allowed(at, schema)
    if allowed is None or at.column.type is PropertyType.FLAG:
        return
    said = {**cell.codes, **({"value": cell.value} if cell.value is not None else {})}
    for word, told in said.items():
        for code in told.split(CODE_JOINT):
            if code.strip() not in allowed:
                place = at.place.below("codes", word) if word in cell.codes else at.place.below("value")
                raise place.fault("mapping_unknown_code", said=code, column=at.column.name, known=_shown(allowed))


def _allowed(at: CellPlace, schema: Schema) -> frozenset[str] | None:
    """Return the codes that the column may hold, None where it holds none or they are not known here."""
    if at.column.type is PropertyType.FLAG:
        return YES_AND_NO
    if at.column.codes is not None:
        return frozenset(entry.code for entry in schema.code_lists[at.column.codes].codes) or None
    indicator = schema.indicators.get(at.indicator or "")
    if at.column.name == ANSWER_COLUMN and indicator is not None and indicator.answers:
        return frozenset(indicator.answers)
    return None


def _shown(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes))
