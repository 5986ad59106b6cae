"""backlist: a static site generator for podcast episode archives.

Start reading at `backlist.build`: one function there is the whole program.
"""

__version__ = "0.1.0"
