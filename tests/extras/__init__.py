"""The extras."""
