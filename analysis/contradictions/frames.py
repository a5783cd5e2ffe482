"""The frames that contradictions are told from."""

from __future__ import annotations

from analysis.frames import Contract

# One row per open contradiction. What a person stated without a feed has no feeds and values.
CONTRADICTIONS: Contract = {
    "contradiction_id": "text",
    "rule_id": "text",
    "subject_kind": "text",
    "subject_id": "text",
    "aspect": "text",
    "product_id": "text",
    "household_id": "text",
    "held_feed": "text",
    "other_feed": "text",
    "held_text": "text",
    "other_text": "text",
    "held_on": "day",
    "other_on": "day",
    "held_reason": "text",
    "is_sensitive": "flag",
}

# One row per place, what is contradicted, and pair of feeds.
COUNTS: Contract = {
    "place_id": "text",
    "name": "text",
    "rule_id": "text",
    "subject_kind": "text",
    "aspect": "text",
    "held_feed": "text",
    "other_feed": "text",
    "is_sensitive": "flag",
    "contradiction_count": "whole",
    "made_up_count": "whole",
}
