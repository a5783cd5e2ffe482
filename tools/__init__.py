"""Tools for people who work on the product; no part of what is installed."""
