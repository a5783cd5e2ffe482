"""Causes of poverty return: the network of the vocabulary, what can follow from what was found, and by which chains."""
