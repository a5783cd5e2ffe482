"""The checks of facts: cells, columns together, keys and references."""
