"""The cause engine: how at risk a household is, why, and what each finding adds. Start at `analysis.risk.engine`."""
