"""Charts from data."""
