"""backlist: a static site generator for podcast episode archives.

Start reading at `backlist.build`: one function there is the whole program.
"""

__version__ = "0.1.0"

RELEASED = False
"""Whether this version can be installed by its name. The changelog says so too, and a new site's
repository installs it by name only then: before, the name could be anybody's."""
