"""Interactive visualizations: the copy that goes into a frame, and charts from data."""
