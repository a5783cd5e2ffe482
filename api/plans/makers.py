"""Which maker makes plans of which kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.plans.assistance.making import AssistMaker
from api.plans.making import Maker
from api.plans.produce.making import ProduceMaker
from api.plans.wire import KindName

MAKERS: Mapping[KindName, Maker[Any, Any, Any]] = {"produce": ProduceMaker(), "assistance": AssistMaker()}
