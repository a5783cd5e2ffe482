"""The product's own YAML texts, read quickly: the usual reader takes half a second for all messages, at every start."""

from __future__ import annotations

from typing import Any

import yaml

# Where PyYAML was installed without its compiled part, the slow reader gives the same.
QUICK_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:  # noqa: ANN401 - as many forms as there are files
    """Return what a YAML text holds, as plain lists, dictionaries, texts and numbers. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=QUICK_LOADER)  # noqa: S506 - both loaders make nothing but plain values
