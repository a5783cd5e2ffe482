"""The command line: parses, asks one function, shows the answer. The only package that prints."""
