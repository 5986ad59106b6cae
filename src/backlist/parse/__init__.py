"""Readers of the formats an archive is written in, one a format, each run once a file."""
