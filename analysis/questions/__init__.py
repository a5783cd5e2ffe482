"""The questions, one module each: fetch, pure functions, compose."""
