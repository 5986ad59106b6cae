"""Pages for readers: each module makes one kind from the archive."""
