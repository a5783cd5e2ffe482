"""The rows of files and the facts that they say, column by column."""
