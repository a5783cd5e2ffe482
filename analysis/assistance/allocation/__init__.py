"""From needs, programmes, links and resources to the program of an assistance plan: pure functions on frames."""
