"""The first `site.yaml`: what is known of the show, and what else could be said, as comments."""

from collections.abc import Mapping
from typing import Any

from backlist import content

_BASE_URL = "https://example.org/"

_SUGGESTED = {
    "show": {
        "author": "Jo Example  # who makes the show",
        "language": "en  # of the show, and of the site's own words: de, pt-br, ja …",
        "categories": "[Technology]  # Apple's, the first one counts most",
        "image": "cover.jpg  # a square picture in static/, 1,400 to 3,000 pixels wide",
        "owner": "{name: Jo Example, email: jo@example.org}  # for directories; on no page",
        "people": "[Jo Example, Alex Example]  # the hosts",
        "funding": "[{url: https://example.org/give, text: Support the show}]",
        "license": "{name: cc-by-4.0}",
    },
    "site": {
        "tagline": "One line under the title",
        "accent": '"#a33b20"  # a colour; without it, that of the cover',
        "theme": "studio  # a large cover and strong colour; without it, classic",
        "subscribe": "[https://podcasts.apple.com/podcast/id1, https://pca.st/tides]",
        "contact": "hello@example.org  # shown on pages",
        "newsletter": "https://example.org/letter",
    },
}
"""Key → what could stand there, by the part of `site.yaml`; each line is valid without its `# `."""

_TOP = '# Lines such as "# author: …" are suggestions: remove the "# " to use one.\n'
_WHERE = """\
  # Where the archive is published. A repository's workflow asks its host; once the address is to
  # stay, write it here as well, so that the feed lock protects the feed's address.
"""


def first_settings(show: Mapping[str, Any], site: Mapping[str, Any]) -> str:
    """The text of a first `site.yaml` below its heading.

    `show` and `site` are what is known of these mappings; the address is not among it.
    """
    return "".join(
        [
            _TOP,
            content.dump_yaml({"show": dict(show)}),
            _suggestions("show", show),
            "\nsite:\n",
            _WHERE,
            content.dump_yaml({"site": {"base_url": _BASE_URL, **site}}).partition("\n")[2],
            _suggestions("site", site),
        ]
    )


def _suggestions(part: str, known: Mapping[str, Any]) -> str:
    lines = [f"  # {key}: {said}\n" for key, said in _SUGGESTED[part].items() if key not in known]
    return "".join(lines)
