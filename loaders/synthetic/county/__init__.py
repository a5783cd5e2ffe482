"""A made-up county of any size: feed files as departments would send them, and the truth behind them apart."""
