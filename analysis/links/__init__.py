"""Which help and which chains exist for whom, counted over a whole county at once."""
