"""Plans where smallest batches, smallest parts, capacities or rules bind: mixed-integer programs in whole kilograms."""
