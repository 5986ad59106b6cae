"""Bringing home what the records name at other hosts: `mirror`, and an import from an address.

Pages ask no other host for anything, so what is not in the site is not shown. So far pictures are
brought home: covers, and with `site.mirror_pictures` those in notes.
"""

from backlist.mirror.pictures import Brought, bring_pictures, count_pictures

__all__ = ["Brought", "bring_pictures", "count_pictures"]
