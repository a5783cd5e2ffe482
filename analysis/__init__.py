"""The analyses: facts and graph in, answers out. Functions of frames, and one module a question."""
