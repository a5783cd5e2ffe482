"""The questions as pages for people: each module asks what the API asks and hands the answer to a template."""
