"""Households, programmes and chains read from tables of text, with every fault told at once."""
