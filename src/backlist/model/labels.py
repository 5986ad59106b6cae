"""The theme's own words, so that a show can rename them or speak another language.

A word of a template, view or script is a field here, with its English default; translations are in
`locale/`. A sentence is one label with places, for other languages put them in another order. To
add one:

1. write the field below, under the page it belongs to;
2. write `{{ labels.its_name }}` in the template, or `ctx.labels.its_name` in a view;
3. run `make messages` and `make golden`: the catalogues and `docs/records.md` list it.

What stands in braces is filled in by the program and must stay; its place is free.
"""

from pydantic import Field

from backlist.model.labels_follow import FollowLabels
from backlist.model.labels_map import MapLabels
from backlist.model.labels_text import SearchLabels, TextLabels

_NAVIGATION = "navigation and headings"
_COUNTS = "counts: one and many divided by a bar, or one form for all"
_DATES = "dates and lengths, as the show's language writes them unless you say otherwise"
_EVERY_PAGE = "every page"
_HOME_PAGE = "the home page"
_EPISODE = "an episode"
_WHY_EPISODE_IS_RELATED = "why an episode is related"
_VISUALIZATIONS = "visualizations"
_LISTS = "the lists"
_WORKS = "works"
_PAGE_OF_WRONG_ADDRESS = "the page of a wrong address"


class Labels(TextLabels, MapLabels, FollowLabels, SearchLabels):
    """Words of the theme; what a show does not give is English."""

    episodes: str = Field("Episodes", description=_NAVIGATION)
    topics: str = Field("Topics", description=_NAVIGATION)
    seasons: str = Field("Seasons", description=_NAVIGATION)
    years: str = Field("Years", description=_NAVIGATION)
    works: str = Field("Papers & books", description=_NAVIGATION)
    visualizations: str = Field("Visualizations", description=_NAVIGATION)
    people: str = Field("People", description=_NAVIGATION)
    all_episodes: str = Field("All episodes", description=_NAVIGATION)
    all_n_episodes: str = Field("{n} episode | All {n} episodes", description=_NAVIGATION)
    all_topics: str = Field("All topics", description=_NAVIGATION)
    all_seasons: str = Field("All seasons", description=_NAVIGATION)
    all_years: str = Field("All years", description=_NAVIGATION)
    all_works: str = Field("All works", description=_NAVIGATION)
    all_visualizations: str = Field("All visualizations", description=_NAVIGATION)
    all_people: str = Field("All people", description=_NAVIGATION)
    episode: str = Field("Episode", description=_NAVIGATION)
    topic: str = Field("Topic", description=_NAVIGATION)
    season: str = Field("Season", description=_NAVIGATION)
    year: str = Field("Year", description=_NAVIGATION)
    work: str = Field("Work", description=_NAVIGATION)
    person: str = Field("Person", description=_NAVIGATION)
    index: str = Field("Index", description=_NAVIGATION)
    interactive: str = Field("Interactive", description=_NAVIGATION)
    undated: str = Field("No date", description=_NAVIGATION)
    draft: str = Field("Draft", description=_NAVIGATION)
    mentioned_only: str = Field("Not in the archive", description=_NAVIGATION)
    trailer: str = Field("Trailer", description=_NAVIGATION)
    bonus: str = Field("Bonus", description=_NAVIGATION)

    n_episodes: str = Field("{n} episode | {n} episodes", description=_COUNTS)
    n_sources: str = Field("{n} source | {n} sources", description=_COUNTS)
    n_works: str = Field("{n} work | {n} works", description=_COUNTS)
    n_visualizations: str = Field("{n} visualization | {n} visualizations", description=_COUNTS)
    n_words: str = Field("{n} word | {n} words", description=_COUNTS)
    n_shared_works: str = Field("{n} shared work | {n} shared works", description=_COUNTS)

    months: str = Field(
        "January, February, March, April, May, June, July, August, September, October, "
        "November, December",
        description=_DATES,
    )
    date: str = Field("{day} {month} {year}", description=_DATES)
    around: str = Field("around {date}", description=_DATES)
    minutes: str = Field("{m} min", description=_DATES)
    hours: str = Field("{h} h {m} min", description=_DATES)
    kilobytes: str = Field("{n} kB", description=_DATES)
    megabytes: str = Field("{n} MB", description=_DATES)

    more: str = Field("More", description=_EVERY_PAGE)
    comma: str = Field(", ", description="between names in a list, with the space after it")
    colon: str = Field(": ", description="between a word and what it is about, with its spaces")
    skip: str = Field("Skip to content", description=_EVERY_PAGE)
    main_navigation: str = Field("Main", description=_EVERY_PAGE)
    dark: str = Field("Dark", description=_EVERY_PAGE)
    light: str = Field("Light", description=_EVERY_PAGE)
    dark_colours: str = Field("Dark colours", description="every page, read out for Dark")
    light_colours: str = Field("Light colours", description="every page, read out for Light")
    follow: str = Field("Follow the show", description=_EVERY_PAGE)
    as_markdown: str = Field("This page as Markdown", description=_EVERY_PAGE)
    rss_feed: str = Field("RSS feed", description=_EVERY_PAGE)

    listen_in: str = Field("Subscribe", description=_HOME_PAGE)
    feed_for_apps: str = Field("Add to any podcast app (RSS)", description=_HOME_PAGE)
    copy_address: str = Field("Copy", description=_HOME_PAGE)
    copied: str = Field("Copied", description=_HOME_PAGE)
    not_copied: str = Field("Could not copy", description=_HOME_PAGE)
    play_latest: str = Field("Play latest", description=_HOME_PAGE)
    about_show: str = Field("About the show", description=_HOME_PAGE)
    start_with: str = Field("Start with episode {number}", description=_HOME_PAGE)
    start_first: str = Field("Start with the first episode", description=_HOME_PAGE)
    first_episode: str = Field("Start here", description=_HOME_PAGE)
    in_order: str = Field("Episodes in order", description=_HOME_PAGE)
    newest: str = Field("Latest episode", description=_HOME_PAGE)
    before_that: str = Field("Recent episodes", description=_HOME_PAGE)
    by_topic: str = Field("By topic", description=_HOME_PAGE)
    by_paper: str = Field("By paper", description=_HOME_PAGE)
    to_play_with: str = Field("Interactive", description=_HOME_PAGE)
    by_year: str = Field("By year", description=_HOME_PAGE)

    listen: str = Field("Listen", description=_EPISODE)
    listen_next: str = Field("Listen next", description=_EPISODE)
    show_notes: str = Field("Show notes", description=_EPISODE)
    show_all_notes: str = Field("Show all notes", description=_EPISODE)
    show_fewer_notes: str = Field("Show less", description=_EPISODE)
    n_more_sources: str = Field("Show {n} more | Show {n} more", description=_EPISODE)
    audio: str = Field("Audio", description=_EPISODE)
    watch: str = Field("Watch", description=_EPISODE)
    video: str = Field("Video", description=_EPISODE)
    video_length: str = Field("Video, {length}", description=_EPISODE)
    document: str = Field("Document", description=_EPISODE)
    open_document: str = Field("Open the document", description=_EPISODE)
    player: str = Field("Player", description=_EPISODE)
    play: str = Field("Play", description=_EPISODE)
    pause: str = Field("Pause", description=_EPISODE)
    play_title: str = Field("Play {title}", description=_EPISODE)
    pause_title: str = Field("Pause {title}", description=_EPISODE)
    next_part: str = Field("Next part", description=_EPISODE)
    back_15: str = Field("Back 15 seconds", description=_EPISODE)
    forward_30: str = Field("Forward 30 seconds", description=_EPISODE)
    position: str = Field("Position", description=_EPISODE)
    place_of: str = Field("{place} of {end}", description=_EPISODE)
    place_in_chapter: str = Field("{place} of {end}, {chapter}", description=_EPISODE)
    speed: str = Field("Speed", description=_EPISODE)
    start_over: str = Field("Play from the beginning", description=_EPISODE)
    continues_at: str = Field("Continues at {clock}", description=_EPISODE)
    time_left: str = Field("{time} left", description=_EPISODE)
    loading: str = Field("Loading…", description=_EPISODE)
    not_loaded: str = Field(
        "The episode could not be loaded. Try again, or download it.",
        description=_EPISODE,
    )
    embed_episode: str = Field("Embed this episode", description=_EPISODE)
    embed_code: str = Field("Embed code", description=_EPISODE)
    copy_code: str = Field("Copy code", description=_EPISODE)
    share: str = Field("Share", description=_EPISODE)
    share_at: str = Field("Share at {clock}", description=_EPISODE)
    in_address_bar: str = Field("Copy the link from the address bar", description=_EPISODE)
    keys: str = Field("Keyboard shortcuts", description=_EPISODE)
    key_play: str = Field("Play or pause", description=_EPISODE)
    key_chapters: str = Field("Previous or next chapter", description=_EPISODE)
    key_space: str = Field("Space", description="the space bar, as keyboards name it")
    keys_note: str = Field(
        "Space and the arrow keys work once you have pressed play. No shortcut works while "
        "you type.",
        description=_EPISODE,
    )
    keys_on: str = Field("Use keyboard shortcuts", description=_EPISODE)
    chapters: str = Field("Chapters", description=_EPISODE)
    chapter_number: str = Field("Chapter {n}", description=_EPISODE)
    transcript: str = Field("Transcript", description=_EPISODE)
    read_it: str = Field("Read transcript", description=_EPISODE)
    transcript_of: str = Field("Transcript: {title}", description=_EPISODE)
    what_is_said: str = Field("Transcript", description=_EPISODE)
    the_episode: str = Field("Back to the episode", description=_EPISODE)
    follow_recording: str = Field("Follow along", description=_EPISODE)
    as_file: str = Field("Download:", description=_EPISODE)
    edit_page: str = Field("Edit this page", description=_EPISODE)
    download_recording: str = Field("Download", description=_EPISODE)
    season_episode: str = Field("Season {season}, episode {number}", description=_EPISODE)
    short_season_episode: str = Field("S{season} E{number}", description=_EPISODE)
    season_number: str = Field("Season {season}", description=_EPISODE)
    episode_number: str = Field("Episode {number}", description=_EPISODE)
    picture_at: str = Field("Picture at {host}", description=_EPISODE)
    no_recording: str = Field("No audio yet.", description=_EPISODE)
    about_this: str = Field("This episode is about", description=_EPISODE)
    stub_notice: str = Field(
        "Not in this archive yet. Other episodes mention it.",
        description=_EPISODE,
    )
    stub_date: str = Field("Its date is a guess: {date}.", description=_EPISODE)
    sources: str = Field("Sources", description=_EPISODE)
    source_number: str = Field("Source {n}", description=_EPISODE)
    subject: str = Field("Subject", description=_EPISODE)
    absent: str = Field("Episode, not in this archive", description=_EPISODE)
    language_is: str = Field(
        "Language: {language}", description="an episode in another language than its show"
    )
    untitled_source: str = Field("Untitled source", description=_EPISODE)
    unknown_author: str = Field("unknown author", description=_EPISODE)
    search: str = Field("search", description=_EPISODE)
    in_source_list: str = Field("Show in the list", description="a source shown where it is cited")
    corrections: str = Field("Corrections", description=_EPISODE)
    corrected_on: str = Field("Correction, {date}", description="the feed: before a correction")
    published_as: str = Field(
        "Published as {what}", description="a source that its publication words otherwise"
    )
    as_published: str = Field(
        "As published: {what}",
        description="a source with other authors or another year than its publication",
    )
    and_others: str = Field("{names} et al.", description="the first of many authors")
    retracted: str = Field("Retracted", description="a work that was withdrawn")
    address_gone: str = Field("The link no longer works", description="a work that is gone")
    seen_on: str = Field("{what}, checked {date}", description="a work that is withdrawn or gone")
    details_checked: str = Field("Details checked {date}", description="a work that was looked up")
    also_in: str = Field("Also in:", description=_EPISODE)
    also_in_n: str = Field(
        "Also in {n} other episode | Also in {n} other episodes", description=_EPISODE
    )
    about_work: str = Field("About this work", description=_EPISODE)
    all_sources_as: str = Field("Download all sources:", description=_EPISODE)
    other_takes: str = Field("More on this paper", description=_EPISODE)
    n_takes: str = Field("More on this paper ({n})", description=_EPISODE)
    related: str = Field("Related episodes", description=_EPISODE)
    why_related: str = Field("Why it is related", description=_EPISODE)
    mentioned_by: str = Field("Mentioned by", description=_EPISODE)
    cite_episode: str = Field("Cite this episode", description=_EPISODE)
    neighbours: str = Field("Newer and older episodes", description=_EPISODE)
    newer: str = Field("Newer", description=_EPISODE)
    older: str = Field("Older", description=_EPISODE)
    host: str = Field("host", description=_EPISODE)
    guest: str = Field("guest", description=_EPISODE)
    contributor: str = Field("contributor", description=_EPISODE)
    author: str = Field("author", description=_EPISODE)

    reason_cites: str = Field("mentioned in this episode", description=_WHY_EPISODE_IS_RELATED)
    reason_cited_by: str = Field("mentions this episode", description=_WHY_EPISODE_IS_RELATED)
    reason_shared_source: str = Field("both cite {what}", description=_WHY_EPISODE_IS_RELATED)
    reason_same_source: str = Field(
        "both cite the same source",
        description=_WHY_EPISODE_IS_RELATED,
    )
    reason_shared_mention: str = Field(
        "both mention “{what}”",
        description=_WHY_EPISODE_IS_RELATED,
    )
    reason_cites_take: str = Field(
        "this episode mentions “{what}”, on the same paper",
        description=_WHY_EPISODE_IS_RELATED,
    )
    reason_guest: str = Field("both with {what}", description=_WHY_EPISODE_IS_RELATED)
    reason_series: str = Field(
        "both in the series “{what}”",
        description=_WHY_EPISODE_IS_RELATED,
    )
    reason_topic: str = Field("both about {what}", description=_WHY_EPISODE_IS_RELATED)
    reason_named: str = Field("both mention {what}", description=_WHY_EPISODE_IS_RELATED)
    and_more: str = Field(
        "{what} and {n} more | {what} and {n} more",
        description=_WHY_EPISODE_IS_RELATED,
    )
    and_last: str = Field("{rest} and {last}", description=_WHY_EPISODE_IS_RELATED)

    full_view: str = Field("Open in full view", description=_VISUALIZATIONS)
    not_here: str = Field("“{title}” is not in this archive yet.", description=_VISUALIZATIONS)
    from_episodes: str = Field("Episode:", description=_VISUALIZATIONS)
    download_page: str = Field("Download this page", description=_VISUALIZATIONS)
    download_specification: str = Field("Download the chart as JSON", description=_VISUALIZATIONS)
    data_as_table: str = Field("{title}: the data as a table", description=_VISUALIZATIONS)
    first_rows: str = Field("The first {n} of {all} rows.", description=_VISUALIZATIONS)
    start: str = Field("Start", description=_VISUALIZATIONS)
    close: str = Field("Close", description=_VISUALIZATIONS)
    open_at: str = Field("Open at {place}", description=_VISUALIZATIONS)
    on_works: str = Field("About:", description=_VISUALIZATIONS)
    longer_than_frame: str = Field(
        "There is more below: scroll inside the frame, or open it in full view.",
        description=_VISUALIZATIONS,
    )

    filter_episodes: str = Field("Filter by title or topic", description=_LISTS)
    filter_visualizations: str = Field("Filter by title, episode or work", description=_LISTS)
    filter_works: str = Field("Filter by title or author", description=_LISTS)
    filtered: str = Field("{n} of {all} shown", description=_LISTS)
    nothing_filtered: str = Field("Nothing matches “{words}”.", description=_LISTS)
    clear_filter: str = Field("Clear filter", description=_LISTS)
    search_all: str = Field("Search all episodes", description=_LISTS)
    more_episodes: str = Field("More episodes", description=_LISTS)
    other_episodes: str = Field("Other episodes", description=_LISTS)
    pages: str = Field("Pages", description=_LISTS)
    title_of_page: str = Field("{title}, page {page}", description=_LISTS)
    on_this_page: str = Field("On this page", description=_LISTS)
    known_by_mention: str = Field("Not in the archive", description=_LISTS)
    known_by_mention_note: str = Field(
        "Other episodes mention these. Their notes are not here, and their dates are guesses.",
        description=_LISTS,
    )
    topic_feed: str = Field("Feed of this topic", description=_LISTS)
    elsewhere: str = Field("More in the archive", description=_LISTS)

    where_it_is: str = Field("Link", description=_WORKS)
    no_address: str = Field(
        "No link available. Search for it.",
        description=_WORKS,
    )
    also_called: str = Field("Also called {names}", description=_WORKS)
    about_it: str = Field("Episodes about it", description=_WORKS)
    citing_it: str = Field("Episodes that cite it", description=_WORKS)
    cited_together: str = Field("Often cited together with", description=_WORKS)
    cite_work: str = Field("Cite it", description=_WORKS)
    whole_list_as: str = Field("Download the list with its episodes:", description=_WORKS)
    n_about: str = Field("{n} about it | {n} about it", description=_WORKS)
    n_citing: str = Field("cited by {n} | cited by {n}", description=_WORKS)
    drawn_on_most: str = Field("Most cited", description=_WORKS)
    by_letter: str = Field("Works by letter", description=_WORKS)
    drawn_on: str = Field(
        "Cited by {n} or more episodes | Cited by {n} or more episodes", description=_WORKS
    )
    subjects: str = Field("What episodes are about", description=_WORKS)
    n_together: str = Field(
        "together in {n} episode | together in {n} episodes", description=_WORKS
    )

    page_not_found: str = Field("Page not found", description=_PAGE_OF_WRONG_ADDRESS)
    missing_title: str = Field("Page not found", description=_PAGE_OF_WRONG_ADDRESS)
    missing_text: str = Field(
        "There is no page at this address. It may have moved, or the address may be mistyped.",
        description=_PAGE_OF_WRONG_ADDRESS,
    )
    front_page: str = Field("Home", description=_PAGE_OF_WRONG_ADDRESS)
