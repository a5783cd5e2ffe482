"""Plans of assistance: what is ordered, how they are made, and what can be asked about them."""
