"""From the current view of the facts to the parts of the graph."""
