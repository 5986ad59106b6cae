"""The map as positions."""
