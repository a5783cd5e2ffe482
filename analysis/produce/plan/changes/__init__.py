"""What a new plan changes against one that was kept: for whom, how much, and why."""
