"""The questions as pages for people: one module each, which asks what the API asks and hands the answer to a template."""
