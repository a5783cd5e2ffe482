"""Mappings: how the columns of a department's file become our facts, as YAML that a clerk can write.

Ready mappings are in `loaders/mappings`.
"""

from loaders.mapping.columns import as_the_file_writes, ways_to_write
from loaders.mapping.forms import (
    ROW_NUMBER,
    CellForm,
    Condition,
    DayForm,
    FactForm,
    Mapping,
    Part,
    Take,
    places_of,
)
from loaders.mapping.mapping_file import check_kind, load_mapping
from loaders.mapping.ready import (
    find_mapping,
    fitting_mapping,
    ready_folder,
    ready_mapping,
    ready_mappings,
    ready_names,
)

__all__ = [
    "ROW_NUMBER",
    "CellForm",
    "Condition",
    "DayForm",
    "FactForm",
    "Mapping",
    "Part",
    "Take",
    "as_the_file_writes",
    "check_kind",
    "find_mapping",
    "fitting_mapping",
    "load_mapping",
    "places_of",
    "ready_folder",
    "ready_mapping",
    "ready_mappings",
    "ready_names",
    "ways_to_write",
]
