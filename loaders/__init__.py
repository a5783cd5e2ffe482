"""From feed files to facts in the ledger, and from facts to the graph."""
