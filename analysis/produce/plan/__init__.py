"""The plan of all lots at once: what goes to which demand, so that most is sold, then income, then transport."""
