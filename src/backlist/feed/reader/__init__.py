"""From the bytes of a feed to its elements with their lines, and from elements to small records.

Nothing here decides what becomes of what a feed says: the importers and the feed lock do.
"""
