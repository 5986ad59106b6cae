"""The theme's words for the map; see `labels`."""

from pydantic import Field

from backlist.model.label_forms import Worded

_MAP = "the map"
_KEY = "how to read the map"
_LEFT_OUT = "what the map leaves out"


class MapLabels(Worded):
    """Words of the map, its key, and the lists beside it."""

    map: str = Field("Map", description=_MAP)
    the_map: str = Field("The map", description=_MAP)
    on_map: str = Field("On the map", description=_MAP)
    n_in_picture: str = Field(
        "{n} episode in one picture | {n} episodes in one picture", description=_MAP
    )
    how_to_read: str = Field("How to read it", description=_MAP)
    all_as_text: str = Field("Everything as text", description=_MAP)
    as_text: str = Field("As text", description=_MAP)
    any: str = Field("all", description=_MAP)
    clear: str = Field("Clear", description=_MAP)
    map_keys: str = Field(
        "Up and down arrows move through time, left and right to connected episodes. Enter "
        "opens an episode, Escape clears the selection.",
        description=_MAP,
    )
    shared_works: str = Field("Shared works", description=_MAP)
    mentions: str = Field("Mentions", description=_MAP)
    shares: str = Field("Shared works", description=_MAP)
    cited_by: str = Field("Cited by", description=_MAP)
    more_links: str = Field("and {n} more", description="the map, after five links")
    same_subject: str = Field("episodes on one subject", description=_MAP)
    quarter: str = Field("Q{n}", description="the map: a quarter of a year")

    key_time: str = Field("Time runs down the page, newest on top.", description=_KEY)
    key_row_day: str = Field("Each row is a day, newest on top.", description=_KEY)
    key_row_week: str = Field("Each row is a week, newest on top.", description=_KEY)
    key_row_month: str = Field("Each row is a month, newest on top.", description=_KEY)
    key_row_quarter: str = Field("Each row is a quarter, newest on top.", description=_KEY)
    key_row_year: str = Field("Each row is a year, newest on top.", description=_KEY)
    key_episode: str = Field("an episode: the larger, the more others mention it", description=_KEY)
    key_tick: str = Field("an episode: the taller, the more connections it has", description=_KEY)
    key_stub: str = Field("not in the archive; its date is a guess", description=_KEY)
    key_arc: str = Field("a newer episode mentions an older one", description=_KEY)
    key_arc_back: str = Field("an older episode mentions a newer one", description=_KEY)
    key_lane: str = Field(
        "a work that episodes share; a large dot means the episode is about it",
        description=_KEY,
    )
    key_interactive: str = Field("has an interactive visualization", description=_KEY)

    n_days_skipped: str = Field(
        "{n} day without an episode | {n} days without an episode", description=_MAP
    )
    n_weeks_skipped: str = Field(
        "{n} week without an episode | {n} weeks without an episode", description=_MAP
    )
    n_months_skipped: str = Field(
        "{n} month without an episode | {n} months without an episode", description=_MAP
    )
    n_quarters_skipped: str = Field(
        "{n} quarter without an episode | {n} quarters without an episode", description=_MAP
    )
    n_years_skipped: str = Field(
        "{n} year without an episode | {n} years without an episode", description=_MAP
    )

    titles_shown: str = Field(
        "{shown} of {all} titles are shown, those of the most connected episodes.",
        description=_LEFT_OUT,
    )
    mentions_drawn: str = Field(
        "{shown} of {all} mentions are drawn: those of episodes mentioned {least} times or more.",
        description=_LEFT_OUT,
    )
    mentions_newest: str = Field(
        "{shown} of {all} mentions are drawn: the newest of the most mentioned episodes.",
        description=_LEFT_OUT,
    )
    works_drawn: str = Field(
        "{shown} of {all} shared works are drawn: those that {least} or more episodes share.",
        description=_LEFT_OUT,
    )
    works_newest: str = Field(
        "{shown} of {all} shared works are drawn: the newest of those that {least} episodes share.",
        description=_LEFT_OUT,
    )
    n_common_works: str = Field(
        "{n} work that very many episodes share is not drawn. | "
        "{n} works that very many episodes share are not drawn.",
        description=_LEFT_OUT,
    )
    n_within_day: str = Field(
        "{n} mention within one day is not drawn. | {n} mentions within one day are not drawn.",
        description=_LEFT_OUT,
    )
    n_within_week: str = Field(
        "{n} mention within one week is not drawn. | {n} mentions within one week are not drawn.",
        description=_LEFT_OUT,
    )
    n_within_month: str = Field(
        "{n} mention within one month is not drawn. | {n} mentions within one month are not drawn.",
        description=_LEFT_OUT,
    )
    n_within_quarter: str = Field(
        "{n} mention within one quarter is not drawn. | {n} mentions within one quarter are "
        "not drawn.",
        description=_LEFT_OUT,
    )
    n_within_year: str = Field(
        "{n} mention within one year is not drawn. | {n} mentions within one year are not drawn.",
        description=_LEFT_OUT,
    )
