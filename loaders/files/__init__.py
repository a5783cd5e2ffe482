"""The files that departments send, in whatever form, taken apart into rows of text."""
