"""What is left of the old makers: feeds and the map."""
