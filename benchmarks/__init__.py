"""One file per budget of the product: `python -m benchmarks NAME` prints one JSON line."""
