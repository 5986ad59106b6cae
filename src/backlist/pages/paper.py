"""A view and a template become one page's bytes."""

from backlist.output import Output
from backlist.pages.context import Desk


def printed(desk: Desk, template: str, view: object, maker: str, source: str = "") -> Output:
    """The page at the desk's path. Raises `BacklistError` when its template is at fault."""
    text = desk.theme.render(template, page=view, site=desk.site())
    return Output(desk.path, text.encode(), maker, source)
