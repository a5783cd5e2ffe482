"""Surplus produce: which demand could take which lot, and what forbids it where none can."""
