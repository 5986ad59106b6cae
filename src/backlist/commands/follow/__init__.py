"""Following the feed of a show's host: import, check, and one pull request that is kept up to date.

`run` is the whole of it, `options` what it is asked for. `git` works beside the person's checkout,
`changes` tells what an import changed, `text` says it in Markdown, `troubles` what a person has to
decide, `github` is the hosting service, `published` the site's own feed, `state` what is remembered
between runs.
"""

from backlist.commands.follow.options import FollowOptions
from backlist.commands.follow.run import Followed, follow

__all__ = ["FollowOptions", "Followed", "follow"]
