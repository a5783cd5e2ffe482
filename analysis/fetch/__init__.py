"""Reading from the graph: the only place in the analyses that asks a store."""
