"""What is left of the old makers: the feeds."""
