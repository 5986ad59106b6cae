"""A cleaned HTML tree as Markdown (CommonMark 0.31 with tables) that shows the same."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html
from markdownify import ATX, BACKSLASH, MarkdownConverter

from backlist.content.markdown_text import escape, escape_words, guard
from backlist.importers.markup_tidy import tidy

Element = Any


def to_markdown(tree: Element) -> str:
    """Markdown of a cleaned tree, which is reshaped for it."""
    tidy(tree)
    html = lxml_html.tostring(tree, encoding="unicode", with_tail=False)
    converter = _Converter(heading_style=ATX, bullets="-", newline_style=BACKSLASH)
    lines = list(_tidy(str(converter.convert(html)).split("\n")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tidy(lines: list[str]) -> Iterator[str]:
    """Lines without trailing space, and without hard breaks that break nothing."""
    fence = ""
    for place, line in enumerate(lines):
        if fence or re.match(r"[\s>\d.)*-]*```", line):
            mark = re.search("`{3,}", line)
            if mark and (not fence or (line.strip(" >`") == "" and len(mark[0]) >= len(fence))):
                fence = "" if fence else mark[0]
            yield line
            continue
        following = lines[place + 1].strip(" >") if place + 1 < len(lines) else ""
        # A hard space counts where it stands alone between words.
        line = re.sub(r"(?:\xa0[ \xa0]| \xa0)[ \xa0]*|^\xa0", " ", line).rstrip()
        hard = re.search(r"(?<!\\)(?:\\\\)*\\$", line)
        if hard and (not following or following == "\\" or line.strip(" >") == "\\"):
            line = line[:-1].rstrip()
        yield line


class _Converter(MarkdownConverter):
    """Markdownify, where what it writes would not be read again as what it was."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_words(text)

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        written = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        following = getattr(el.next_sibling, "name", None)
        return guard(written) if following == "a" else written

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        before, words, after = re.fullmatch(r"(\s?)(.*?)(\s?)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        href = (el.get("href") or "").strip()
        if not words or not href:
            return text
        title = el.get("title")
        if words.replace("\\", "") == href and not title and re.fullmatch(r"[^\s<>\\]+", href):
            return f"{before}<{href}>{after}"
        return f"{before}[{words}]({_address(href, parent_tags)}{_title(title)}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        alt = escape(" ".join((el.get("alt") or "").split()))
        return f"![{alt}]({_address(el.get('src') or '', parent_tags)}{_title(el.get('title'))})"

    def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
        written = str(super().convert_code(el, text, parent_tags))  # type: ignore[misc]
        return written.replace("|", "\\|") if parent_tags & {"td", "th"} else written

    convert_kbd = convert_samp = convert_tt = convert_code

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        text = text.strip("\n")
        longest = max(map(len, re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}{_language(el)}\n{text}\n{fence}\n\n" if text.strip() else ""

    def convert_ol(self, el: Any, text: str, parent_tags: set[str]) -> str:
        written = str(super().convert_list(el, text, parent_tags))  # type: ignore[misc]
        # Only a list that begins with 1 may follow a paragraph without a blank line.
        return written if el.li and re.match(r"1\D", el.li.get("mark", "1.")) else f"\n{written}"

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        sign = f"{el.get('mark') or '-'} "
        text = (text or "").strip()
        indented = re.sub(r"\n(?=[^\n])", "\n" + " " * len(sign), text)
        return f"{sign}{indented}\n" if text else "\n"


def _language(pre: Any) -> str:
    """The language that highlighters are told by a class (HTML, 4.5.15)."""
    classes = [*(pre.get("class") or []), *(pre.code.get("class") or [] if pre.code else [])]
    named = (re.fullmatch(r"lang(?:uage)?-([\w+#-]+)", one) for one in classes)
    return next((match[1] for match in named if match), "")


def _address(address: str, parent_tags: set[str]) -> str:
    """An address as a link's target, in angle brackets where parentheses would end it early."""
    address = address.strip()
    if parent_tags & {"td", "th"}:
        address = address.replace("|", "%7C")
    if re.search(r"[()\s<>]", address):
        return "<" + re.sub(r"[<>]", lambda match: f"\\{match[0]}", address.replace("\n", "")) + ">"
    return address


def _title(title: str | None) -> str:
    words = " ".join((title or "").split())
    return ' "' + re.sub(r'[\\"]', lambda match: f"\\{match[0]}", words) + '"' if words else ""
