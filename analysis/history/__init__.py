"""The history of one household: what became known of it when, from which feed, about which time."""
