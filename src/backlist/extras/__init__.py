"""What a site has beside its pages where it has something to say: each extra makes files or none.

An extra is a package with a `make(archive, theme)` of its own; it is named in `MAKERS` and
nowhere else.
"""

from backlist.extras import map as map_page
from backlist.render import Maker

MAKERS: tuple[Maker, ...] = (map_page.make,)
