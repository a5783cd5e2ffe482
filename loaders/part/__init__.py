"""The part of the graph that a load can touch, projected by itself, with the same result as projecting all of it."""
