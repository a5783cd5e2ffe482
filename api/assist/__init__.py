"""Assistance over HTTP: drafts that are accepted, what becomes of help, and what is paid for it, entered as facts."""
