"""From observations to findings: the rules of the indicators, applied to all households at once."""
