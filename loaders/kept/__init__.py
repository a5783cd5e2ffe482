"""What the product itself works out or decides and keeps in the ledger: runs, their results, and networks."""
