"""The podcast feed: its vocabulary, and what reads, writes and checks it."""
