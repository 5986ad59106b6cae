"""The index of the people by whom episodes differ, and a page for who is heard in several."""

from collections.abc import Iterator

from backlist import urls
from backlist.output import Output
from backlist.pages import formatting
from backlist.pages.context import Desk, cards
from backlist.pages.paper import printed
from backlist.pages.views import Group, IndexPage, Link, PersonPage
from backlist.relate.archive import Archive, Contributor
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Nothing when the same people are heard in every episode."""
    if not archive.contributors:
        return
    yield _index(Desk(archive, theme, urls.PEOPLE))
    for person in archive.contributors:
        if person.has_page:
            desk = Desk(archive, theme, person.path)
            yield printed(desk, "person.html", _view(desk, person), "people")


def _index(desk: Desk) -> Output:
    show = desk.archive.show.title
    links = tuple(_link(desk, person) for person in desk.archive.contributors)
    head = desk.head(desk.labels.people, f"{show}: {desk.labels.people}.")
    return printed(desk, "index.html", IndexPage(head, desk.labels.people, links), "people")


def _link(desk: Desk, person: Contributor) -> Link:
    """To their page, or to the one episode they are heard in."""
    count = formatting.counted(len(person.episodes), desk.labels.n_episodes)
    return desk.page_link(person.name, person.path, count)


def _view(desk: Desk, person: Contributor) -> PersonPage:
    show = desk.archive.show.title
    count = formatting.counted(len(person.episodes), desk.labels.n_episodes)
    return PersonPage(
        head=desk.head(person.name, f"{person.name}: {count}. {show}."),
        title=person.name,
        count=count,
        url=person.url or "",
        place=urls.host(person.url) if person.url else "",
        groups=tuple(_groups(desk, person)),
        index=desk.page_link(desk.labels.all_people, urls.PEOPLE),
    )


def _groups(desk: Desk, person: Contributor) -> Iterator[Group]:
    """The episodes by role, in the order of the newest of each."""
    roles: dict[str, dict[str, None]] = {}
    for slug, role in person.parts:
        roles.setdefault(formatting.role(role, desk.labels).lower(), {})[slug] = None
    for number, (role, slugs) in enumerate(roles.items(), start=1):
        yield Group(
            title=role[:1].upper() + role[1:],
            anchor=f"role-{number}",
            url="",
            count=formatting.counted(len(slugs), desk.labels.n_episodes),
            cards=cards(desk, slugs),
        )
