"""Places: which lie below which, and how many households live in them."""
