"""A parser with the shortcuts says the same as one without, whatever it is given."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from backlist.parse import markdown_shortcuts

_SIGNS = [
    *"abc 12\n\n\t#>-+*_=`~[]()!<&:|\\'\"^",
    "    ", "  \n", "---", "***", "1. ", "2) ", "- ", "> ", "```\n", "~~~\n", "# ", "(", ")", "[",
    "[a](https://tides.example/ebb)", "](https://tides.example/b?c=d#e)", "](/a)", "https://x.example",
    "[a b: c!](http://x.example)", "[x]: https://x.example\n", "[^1]", "[^1]: y", "&amp;",
    "javascript:x",
]  # fmt: skip


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin)


WHOLE, SHORT = _parser(), _parser()
markdown_shortcuts.install(SHORT)


@given(st.lists(st.sampled_from(_SIGNS), max_size=40).map("".join))
@example("[a [b](https://x.example) c](https://y.example)")
@example("![a [b](https://x.example) c](https://y.example)")
@example("*[a*](https://x.example)* ~~[b](https://x.example)~~")
@example("text\n***\n- a\n\n      code\n1) b\n> c\n# d\n```\ne")
@example(">" * 30 + "[a](https://x.example)")
def test_the_tokens_are_the_same(written: str) -> None:
    assert [one.as_dict() for one in SHORT.parse(written)] == [
        one.as_dict() for one in WHOLE.parse(written)
    ]


@pytest.mark.parametrize(
    "written", ["[words](https://x.example/a?b=c)", "[w: x](http://y.example)"]
)
def test_a_plain_link_takes_the_shortcut(written: str) -> None:
    parser = _parser()
    markdown_shortcuts.install(parser)
    parser.inline.ruler.disable("link")

    assert [one.type for one in parser.parseInline(written)[0].children or ()] == [
        "link_open",
        "text",
        "link_close",
    ]
