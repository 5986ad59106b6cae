"""The table of every key a record may have, written from the records themselves."""

from typing import Any

from pydantic.fields import FieldInfo

from backlist import model
from tests.conftest import HERE

RECORDS = HERE.parent / "docs/records.md"
INTRODUCTION = """\
# Records

This page lists every key you can use in the files of a site. An unknown key is an error, with its
line and a suggestion. A value is read as text and typed by its key, so `duration: 42:10` is
forty-two minutes, and `no` is a "no" only where yes or no is expected. Dates are `2026-03-18` or
ISO 8601 with an offset. Durations are `1:02:03`, `62:03` or seconds.

`make golden` writes this page from `src/backlist/model/`.
"""
PLACES: dict[type[model.Record], str] = {
    model.Settings: "site.yaml",
    model.Show: "`show:` in site.yaml",
    model.Site: "`site:` in site.yaml",
    model.Episode: "front matter of content/episodes/*.md; the body is the notes",
    model.Page: "front matter of content/pages/*.md",
    model.Visualization: "content/visualizations/ID/visualization.yaml, or ID.yaml beside ID.html",
    model.Source: "an entry of `sources:`; its place in the list is its number",
    model.Audio: "`audio:`; an address alone is its `url`",
    model.VisualizationRef: "an entry of `visualizations:`; a word alone is its `id`",
    model.Person: "an entry of `people:`; a name alone is its `name`",
    model.Owner: "`owner:` of the show",
    model.TranscriptRef: "an entry of `transcripts:`; an address or file name alone is its `url`",
    model.Chapter: "an entry of `chapters:`",
    model.Soundbite: "an entry of `soundbites:`",
    model.FeedSettings: "`feed:` under `site:`",
    model.Funding: "an entry of `funding:`",
    model.License: "`license:` of the show or an episode",
    model.Location: "`location:` of the show or an episode",
    model.Value: "an entry of `value:`",
    model.Recipient: "an entry of `recipients:`",
    model.Txt: "an entry of `txt:`",
    model.WorkNotes: "content/works.yaml",
    model.WorkNote: "an entry of `works:` in content/works.yaml",
    model.WorkStatus: "`status:` of an entry of `works:`; a word alone is its `verdict`",
    model.Labels: "`labels:` under `site:`; a word in braces is filled in, `a | b` is one and many",
    model.Link: "an entry of `navigation:`",
    model.Platform: "an entry of `subscribe:` or `social:`",
}


def records_page() -> str:
    """The whole of docs/records.md."""
    parts = [INTRODUCTION]
    for record, place in PLACES.items():
        rows = [
            f"| `{name}` | {_default(field)} | {field.description} |"
            for name, field in record.model_fields.items()
            if not field.exclude
        ]
        doc = (record.__doc__ or "").splitlines()[0]
        head = f"## {record.__name__}\n\n{doc}\n\nWhere: {place}\n\n"
        parts.append(
            head + "| key | if left out | meaning |\n| --- | --- | --- |\n" + "\n".join(rows)
        )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _default(field: FieldInfo) -> str:
    default: Any = field.default
    if field.is_required():
        return "**required**"
    if default in (None, (), "", {}):
        return "nothing"
    if isinstance(default, model.Record):
        return "its defaults"
    if isinstance(default, str):
        return f"`{default}`".replace("|", r"\|")
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def is_record(value: object) -> bool:
    """Whether a value is one of the records people keep."""
    return isinstance(value, type) and issubclass(value, model.Record) and value is not model.Record
