"""The best plan where nothing but quantities binds: a staged min-cost flow, exact, with its proof."""
