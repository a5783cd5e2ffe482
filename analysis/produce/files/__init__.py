"""Lots, demands, cooperatives and distances read from tables of text, with every fault told at once."""
