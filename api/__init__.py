"""The same questions over HTTP. Handlers are plain functions: parse, ask one question, render."""
