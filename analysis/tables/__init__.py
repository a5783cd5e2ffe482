"""Answers as tables: CSV and workbooks for spreadsheets, in which what was text stays text."""
