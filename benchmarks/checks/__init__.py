"""Checks on data sets that are not delivered: each is given the folder that they lie in."""
