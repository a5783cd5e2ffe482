"""What is known of one household: its facts, who lives there and where, each with the feed that says so."""
