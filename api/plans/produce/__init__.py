"""Plans of surplus produce: what is ordered, how it is made, and what can be asked about it."""
