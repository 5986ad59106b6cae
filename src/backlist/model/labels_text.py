"""The theme's words in the search, in Markdown pages, feeds and `llms.txt`; see `labels`."""

from pydantic import Field

from backlist.model.label_forms import Worded

_SEARCH = "the search"
_FOUND_IN = "the search: where something was found"
_MARKDOWN = "Markdown pages and llms.txt"
_FEED = "feeds"
_CITATION = "how to cite an episode, in words"
_MOVED = "a page at an old address"


class SearchLabels(Worded):
    """Words of the search page and of the dialog."""

    searching: str = Field("Search", description=_SEARCH)
    search_n_episodes: str = Field(
        "Search {n} episode | Search {n} episodes", description="the home page: the search field"
    )
    search_label: str = Field(
        "Search titles, notes, transcripts, sources and authors",
        description=_SEARCH,
    )
    search_example: str = Field(
        "a title, a name, a few words…",
        description="the search: what stands in the empty field",
    )
    search_now: str = Field("Searching…", description=_SEARCH)
    search_failed: str = Field("The search could not be loaded.", description=_SEARCH)
    search_script: str = Field("Search needs JavaScript.", description=_SEARCH)
    or_by_topic: str = Field("Or browse by topic", description=_SEARCH)
    found: str = Field("Episodes found", description=_SEARCH)
    n_found_without: str = Field(
        "{n} episode. Not found: {words} | {n} episodes. Not found: {words}",
        description="the search, where words were left out",
    )
    nothing_found: str = Field(
        "No results for {words}. Try fewer or shorter words.", description=_SEARCH
    )
    n_found_instead: str = Field(
        "{n} episode for {meant}. Nothing has {typed}. | "
        "{n} episodes for {meant}. Nothing has {typed}.",
        description="the search, where a word was corrected",
    )
    look_further: str = Field(
        "Look through {n} more transcript | Look through {n} more transcripts",
        description="the search, for words in quotation marks",
    )
    narrow: str = Field("Filter results", description=_SEARCH)
    narrow_list: str = Field("More filters", description="the list of all episodes")
    all_values: str = Field("Show {n} | Show all {n}", description="the search: values of a filter")
    remove_facet: str = Field("Remove filter: {name}", description=_SEARCH)
    with_parts: str = Field(
        "With", description="the search: the filter for transcripts, visualizations and chapters"
    )
    play_at: str = Field("Play at {clock}", description=_SEARCH)
    quoted: str = Field("“{text}”", description="a text in quotation marks")
    show_more: str = Field("Show more", description=_SEARCH)
    all_on_work: str = Field("everything on this work", description=_SEARCH)

    in_title: str = Field("Title", description=_FOUND_IN)
    in_summary: str = Field("Summary", description=_FOUND_IN)
    in_notes: str = Field("Notes", description=_FOUND_IN)
    in_author: str = Field("Authors of source {n}", description=_FOUND_IN)
    in_id: str = Field("Identifier of source {n}", description=_FOUND_IN)
    in_alias: str = Field("Other names", description=_FOUND_IN)
    in_source_alias: str = Field("Other names of source {n}", description=_FOUND_IN)
    in_source_note: str = Field("Note on source {n}", description=_FOUND_IN)
    in_chapter: str = Field("Chapter at {clock}", description=_FOUND_IN)
    in_transcript: str = Field("Transcript at {clock}", description=_FOUND_IN)


class TextLabels(Worded):
    """Words of what is read elsewhere than on the pages."""

    newest_episodes: str = Field("Latest episodes", description=_MARKDOWN)
    episode_of: str = Field("Episode of {show}", description=_MARKDOWN)
    date_of: str = Field("Date", description=_MARKDOWN)
    kind_of: str = Field("Kind", description=_MARKDOWN)
    picture: str = Field("Picture", description=_MARKDOWN)
    runs_in_browser: str = Field("It runs in a browser: {link}", description=_MARKDOWN)
    archive_of: str = Field(
        "An archive of {n} podcast episode. | An archive of {n} podcast episodes.",
        description=_MARKDOWN,
    )
    made_by: str = Field("By {author}.", description=_MARKDOWN)
    about_markdown: str = Field(
        "Each page that is linked here as Markdown is also a web page: leave out `index.md`. "
        "The Markdown page of an episode has its notes, its numbered sources, and why others are "
        "related.",
        description=_MARKDOWN,
    )
    lists: str = Field("Lists", description=_MARKDOWN)
    data: str = Field("Data", description=_MARKDOWN)
    data_json: str = Field("Everything as JSON", description=_MARKDOWN)
    data_corpus: str = Field("All texts in passages, with transcripts", description=_MARKDOWN)
    data_feed: str = Field("Main feed (RSS)", description=_MARKDOWN)
    data_feed_json: str = Field("Main feed (JSON)", description=_MARKDOWN)
    data_bibtex: str = Field("Episodes and works as BibTeX", description=_MARKDOWN)
    data_sitemap: str = Field("Addresses of all pages", description=_MARKDOWN)

    cite_genre: str = Field("Podcast episode", description=_CITATION)
    cite_host: str = Field("Host", description=_CITATION)
    cite_hosts: str = Field("Hosts", description=_CITATION)
    cite_in: str = Field("In {show}", description=_CITATION)
    cite_at: str = Field("In {show}, at {clock}", description=_CITATION)

    feed_more: str = Field(
        "Sources, notes and related episodes",
        description="feeds: the link to the episode's page below notes that are cut short",
    )
    feed_whole: str = Field(
        "This episode in the archive",
        description="feeds: the link to the episode's page below the whole notes",
    )
    feed_visualization: str = Field(
        "Interactive visualization", description="feeds: before the link to a visualization"
    )
    topic_feed_about: str = Field("The episodes of {show} about {topic}.", description=_FEED)
    page_moved: str = Field("This page has moved:", description=_MOVED)
