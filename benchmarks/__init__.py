"""What backlist costs and how good it is, measured: each module is run by its name."""
