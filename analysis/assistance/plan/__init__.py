"""The assistance plan of one period: what every household gets through which chain, so that most need is covered."""
