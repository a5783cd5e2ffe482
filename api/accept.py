"""What a request would like to get: the language and the media type, by the weights of RFC 9110."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph_schema.messages import Language

_WEIGHT = re.compile(r"q=([01](?:\.[0-9]{0,3})?)", re.IGNORECASE)
_EVERYTHING = "*"


def preferred_language(header: str) -> Language:
    """Return Chinese when an `Accept-Language` header weighs it above English, else English.

    >>> preferred_language("fr, en;q=0.5, zh-CN;q=0.9"), preferred_language("de"), preferred_language("zh;q=0")
    ('zh', 'en', 'en')
    """
    weights = _weights(header)
    others = max((weight for name, weight in weights if name == _EVERYTHING), default=0.0)
    english, chinese = (
        max((weight for name, weight in weights if name.partition("-")[0] == language), default=others)
        for language in ("en", "zh")
    )
    if english == chinese:
        # Weighed the same, the one that the header names first.
        named = [part for name, _ in weights if (part := name.partition("-")[0]) in ("en", "zh")]
        return "zh" if chinese > 0 and named[:1] == ["zh"] else "en"
    return "zh" if chinese > english else "en"


def preferred_media_type(header: str, offered: Sequence[str]) -> str:
    """Return the offered media type that an `Accept` header weighs highest; of equals, and of none, the first.

    >>> preferred_media_type("image/*, */*;q=0.8", ["application/json", "image/svg+xml"])
    'image/svg+xml'
    """
    weights = dict(reversed(_weights(header)))
    return max(offered, key=lambda name: _weight_of(name, weights))


def _weight_of(media_type: str, weights: dict[str, float]) -> float:
    """Return the weight by the most specific range that holds the media type."""
    ranges = (media_type, media_type.partition("/")[0] + "/*", "*/*")
    return next((weights[name] for name in ranges if name in weights), 0.0)


def _weights(header: str) -> list[tuple[str, float]]:
    """Return the ranges with their weights, in the order of the header; a range that cannot be read weighs nothing."""
    found = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [_WEIGHT.fullmatch(each) for each in parameters if each[:2].lower() == "q="]
        weight = 1.0 if not weights else min(float(weights[0][1]) if weights[0] else 0.0, 1.0)
        if name:
            found.append((name.lower(), weight))
    return found
