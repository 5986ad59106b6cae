"""The theme's words for following, supporting and reaching the show; see `labels`."""

from pydantic import Field

from backlist.model.label_forms import Worded

_SUBSCRIBING = "subscribing"
_SUPPORT = "support, contact and terms"
_ACCESSIBILITY = "the accessibility statement"


class FollowLabels(Worded):
    """Words beside links that lead to apps, to the people of the show, and to its terms."""

    all_apps: str = Field("All {n} apps", description=_SUBSCRIBING)
    what_is_rss: str = Field("What is RSS?", description=_SUBSCRIBING)
    subscribe_note: str = Field(
        "Follow {show} in a podcast app to get every new episode.",
        description=_SUBSCRIBING,
    )
    choose_app: str = Field("Choose your app", description=_SUBSCRIBING)
    any_app: str = Field("In any other app", description=_SUBSCRIBING)
    feed_address: str = Field("Feed address", description=_SUBSCRIBING)
    feed_steps: str = Field(
        "Copy this address, open your podcast app, and paste it where you search for shows or "
        "“add a show by URL”.",
        description=_SUBSCRIBING,
    )
    opens_in: str = Field("Open the feed in an app you have installed", description=_SUBSCRIBING)
    rss_answer: str = Field(
        "RSS is how podcasts reach apps. The show has one address, its feed, which lists every "
        "episode. Your app reads it now and then and shows you what is new. You need no account.",
        description=_SUBSCRIBING,
    )
    by_url: str = Field("Where to paste it", description=_SUBSCRIBING)
    by_url_apple: str = Field(
        "In the library, open the menu and follow a show by its URL.", description=_SUBSCRIBING
    )
    by_url_plus: str = Field("Add a podcast by its URL or RSS address.", description=_SUBSCRIBING)
    by_url_search: str = Field("Paste it into the search field.", description=_SUBSCRIBING)

    support_show: str = Field("Support the show", description=_SUPPORT)
    contact: str = Field("Contact", description=_SUPPORT)
    newsletter: str = Field("Newsletter", description=_SUPPORT)
    license: str = Field("Licence: {name}", description=_SUPPORT)
    elsewhere_online: str = Field("The show elsewhere", description=_SUPPORT)

    accessibility: str = Field("Accessibility", description=_ACCESSIBILITY)
    access_note: str = Field(
        "What this site does so that everybody can use it, and what is still missing.",
        description=_ACCESSIBILITY,
    )
    access_holds: str = Field("What you can rely on", description=_ACCESSIBILITY)
    access_tested: str = Field(
        "The pages are built to WCAG 2.2, level AA. Every kind of page of the theme is checked "
        "with axe, in light and dark colours, whenever the theme changes.",
        description=_ACCESSIBILITY,
    )
    access_keyboard: str = Field(
        "Everything works with the keyboard alone, and you can see where you are.",
        description=_ACCESSIBILITY,
    )
    access_player: str = Field(
        "The player has keyboard shortcuts, which you can switch off. Without JavaScript you get "
        "the player of your browser.",
        description=_ACCESSIBILITY,
    )
    access_contrast: str = Field(
        "Text has a contrast of at least 4.5 to 1, in light and in dark colours.",
        description=_ACCESSIBILITY,
    )
    access_zoom: str = Field(
        "You can enlarge pages to 400 % and never have to scroll sideways.",
        description=_ACCESSIBILITY,
    )
    access_motion: str = Field(
        "No recording plays by itself, and pages move less if your system asks for less motion.",
        description=_ACCESSIBILITY,
    )
    access_language: str = Field(
        "Pages tell screen readers which language they are in.", description=_ACCESSIBILITY
    )
    access_transcripts: str = Field(
        "{n} of {all} episodes have a transcript.", description=_ACCESSIBILITY
    )
    access_limits: str = Field("Known limits", description=_ACCESSIBILITY)
    access_untranscribed: str = Field(
        "{n} episode has no transcript. | {n} episodes have no transcript.",
        description=_ACCESSIBILITY,
    )
    access_videos: str = Field(
        "{n} episode is a video without captions. | {n} episodes are videos without captions.",
        description=_ACCESSIBILITY,
    )
    access_visualizations: str = Field(
        "{n} visualization runs in a frame and is not covered by these checks. | {n} "
        "visualizations run in frames and are not covered by these checks.",
        description=_ACCESSIBILITY,
    )
    access_own_theme: str = Field(
        "This site has changed the theme, and the checks do not cover its changes.",
        description=_ACCESSIBILITY,
    )
    access_notes: str = Field(
        "Show notes appear as they were published. Pictures and links in them may lack a "
        "description.",
        description=_ACCESSIBILITY,
    )
    access_problem: str = Field("Does something not work for you?", description=_ACCESSIBILITY)
    access_write: str = Field("Tell us, and we will try to fix it.", description=_ACCESSIBILITY)
