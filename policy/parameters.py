"""Which value holds for a key in an area on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from graph_schema.meta import Names
from policy.areas import is_within
from policy.errors import ParameterError
from policy.forms import PolicyKey, Profile
from policy.profile_files import (
    Parameter,
    key_of,
    keys_like,
    read_keys,
    read_profiles,
    read_units,
    read_values,
)

OVERLAY = "overlay"
_FALLBACK = "generic"


@dataclass(frozen=True)
class Policy:
    """Every dated number and rule, and the order in which they are looked up.

    `units`: those that only parameters have. `values`: by profile and key, the most specific area first, in it the
    latest day first.
    """

    keys: Mapping[str, PolicyKey]
    profiles: Mapping[str, Profile]
    units: Mapping[str, Names]
    values: Mapping[tuple[str, str], tuple[Parameter, ...]]

    def parameter(self, key: str, *, area_id: str | None = None, day: date) -> Parameter:
        """Return what holds in the area on the day.

        Looked up in the overlay, then in the area's profile, then in those under it; in each the most specific area
        first, and there the latest value that has begun. Raises ParameterError if the key is unknown or has no value
        there on that day.
        """
        candidates = list(self._candidates(key, area_id))
        for parameter in candidates:
            if parameter.valid_from <= day:
                return parameter
        if key_of(self.keys, key) is None:
            raise ParameterError("unknown_parameter", key=key, near=keys_like(self.keys, key))
        if not candidates:
            raise ParameterError("no_value_here", key=key, area=area_id or "-")
        first = min(parameter.valid_from for parameter in candidates)
        raise ParameterError("not_valid_yet", key=key, day=day, first=first)

    def number(self, key: str, *, area_id: str | None = None, day: date) -> float:
        """Return the number that holds; raises ParameterError as `parameter` does, or if it is no number."""
        value = self.parameter(key, area_id=area_id, day=day).value
        if isinstance(value, str | list):
            raise ParameterError("not_a_number", key=key, value=value)
        return float(value)

    def code(self, key: str, *, area_id: str | None = None, day: date) -> str:
        """Return the code that holds; raises ParameterError as `parameter` does, or if it is no code."""
        value = self.parameter(key, area_id=area_id, day=day).value
        if not isinstance(value, str):
            raise ParameterError("not_a_code", key=key, value=value)
        return value

    def codes(self, key: str, *, area_id: str | None = None, day: date) -> list[str]:
        """Return the list of codes that holds; raises ParameterError as `parameter` does, or if it is no list."""
        value = self.parameter(key, area_id=area_id, day=day).value
        if not isinstance(value, list):
            raise ParameterError("not_a_list", key=key, value=value)
        return list(value)

    def feed_order(
        self, kind: str, property_name: str | None = None, *, area_id: str | None = None, day: date
    ) -> list[str]:
        """Return all feeds for a kind, or for one property of it; the first one that has a value wins.

        The list of the property goes before that of the kind, and that before the list of all feeds.
        """
        names = [f"feed_order.{kind}.{property_name}"] if property_name else []
        order: list[str] = []
        for name in (*names, f"feed_order.{kind}", "feed_order"):
            if any(True for _ in self._candidates(name, area_id)):
                feeds = self.codes(name, area_id=area_id, day=day)
                order.extend(feed for feed in feeds if feed not in order)
        return order

    def profile_for(self, area_id: str | None) -> str:
        """Return the code of the profile that an area belongs to: the one with the most specific area that holds it."""
        if area_id is None:
            return _FALLBACK
        fitting = [
            (len(area), code)
            for code, profile in self.profiles.items()
            for area in profile.areas
            if is_within(area_id, area)
        ]
        return max(fitting)[1] if fitting else _FALLBACK

    def _places(self, area_id: str | None) -> Iterator[str]:
        yield OVERLAY
        place: str | None = self.profile_for(area_id)
        while place is not None:
            yield place
            place = self.profiles[place].under

    def _candidates(self, key: str, area_id: str | None) -> Iterator[Parameter]:
        for place in self._places(area_id):
            for parameter in self.values.get((place, key), ()):
                if parameter.area is None or (area_id is not None and is_within(area_id, parameter.area)):
                    yield parameter


def load_policy(overlay: Path | None = None, *, folder: Path | None = None) -> Policy:
    """Return the policy of the product, overlaid with the values of a folder of the user's own.

    `folder` holds `keys.yaml`, `units.yaml`, `profiles.yaml` and one file for each profile; without one, those of the
    product. Every `.yaml` file of the overlay has the form of a profile. Raises ParameterError with file, line and
    what to do for the first fault.
    """
    own = _policy_of_product() if folder is None else _read(folder)
    if overlay is None:
        return own
    parameters = [parameter for values in own.values.values() for parameter in values]
    return replace(own, values=_in_order([*parameters, *_overlaid(overlay, own.keys)]))


@cache
def _policy_of_product() -> Policy:
    """Return the product's own policy: its files stay as they are while it runs, so they are read once."""
    return _read(Path(__file__).parent / "profiles")


def _read(folder: Path) -> Policy:
    keys, profiles = read_keys(folder), read_profiles(folder)
    parameters: list[Parameter] = []
    for code, profile in profiles.items():
        parameters.extend(read_values(folder / f"{code}.yaml", keys, profile))
    return Policy(keys=keys, profiles=profiles, units=read_units(folder), values=_in_order(parameters))


def _overlaid(overlay: Path, keys: Mapping[str, PolicyKey]) -> Iterator[Parameter]:
    paths = sorted(overlay.glob("*.yaml"))
    if not paths:
        raise ParameterError("overlay_empty", folder=overlay)
    profile = Profile(code=OVERLAY, label=Names(en="overlay", zh="自定义参数"))
    seen: dict[tuple[str, str | None, date], Path] = {}
    for path in paths:
        for parameter in read_values(path, keys, profile):
            if parameter.place in seen:
                other = seen[parameter.place].name
                raise ParameterError("value_in_two_files", key=parameter.key, file=path.name, other=other)
            seen[parameter.place] = path
            yield parameter


def _in_order(parameters: Iterable[Parameter]) -> dict[tuple[str, str], tuple[Parameter, ...]]:
    by_place: defaultdict[tuple[str, str], list[Parameter]] = defaultdict(list)
    for parameter in parameters:
        by_place[(parameter.profile, parameter.key)].append(parameter)
    return {
        place: tuple(sorted(found, key=lambda one: (len(one.area or ""), one.valid_from), reverse=True))
        for place, found in by_place.items()
    }
