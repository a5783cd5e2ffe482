"""Contradictions between feeds: who says what of whom, how old it is, and which feed is believed."""
