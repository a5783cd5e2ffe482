"""What was promised in trade, what came of it, and how much of it buyers and sellers kept."""
