"""What every process of these tests needs, read once by the process that forks them."""

from __future__ import annotations

from graph_schema import load_schema
from policy import load_policy

SCHEMA = load_schema()
POLICY = load_policy()
