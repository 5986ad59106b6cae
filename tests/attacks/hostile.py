"""A show into which others have put script wherever they could."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ELSEWHERE = "https://named.example/"
"""The one host that authors of this show name."""

_TEXT = Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8")
_SIGNS = {"⏎": "\n", "⇥": "\t", "␀": "\x01"}


def payloads() -> list[str]:
    """Every payload, its script calling `ran` with its number."""
    lines = [one for one in _TEXT.splitlines() if one and not one.startswith("# ")]
    return [_filled(line, number) for number, line in enumerate(lines)]


def _filled(line: str, number: int) -> str:
    for sign, meant in _SIGNS.items():
        line = line.replace(sign, meant)
    away = f"https://away.example/{number}"
    return line.replace("RUN", f"ran({number})").replace("AWAY", away)


def _yaml(value: object) -> str:
    """A value in YAML; a control character can stand in notes, but in no record."""
    return json.dumps(value, ensure_ascii=False).replace("\\u0001", "")


def _lined(text: str) -> str:
    return " ".join(text.split())


def settings(said: Sequence[str]) -> str:
    """`site.yaml` with payloads in every text that may stand in it."""
    whole, back = " ".join(said), " ".join(reversed(said))
    addresses = [f"{ELSEWHERE}{one}" for one in map(_lined, said)]
    show = {
        "title": f"Show {said[0]}",
        "description": whole,
        "author": back,
        "language": "en",
        "categories": ["Technology"],
        "image": "cover.svg",
        "owner": {"name": said[1], "email": said[2]},
        "copyright": back,
        "link": addresses[3],
        "people": [
            {"name": one, "role": said[4], "group": said[5], "url": url, "image": url}
            for one, url in zip(said, addresses, strict=True)
        ],
        "funding": [
            {"url": url, "text": one[:128]} for one, url in zip(said, addresses, strict=True)
        ],
        "license": {"name": said[6], "url": addresses[7]},
        "location": {"name": said[8]},
        "txt": [{"text": one, "purpose": one[:128]} for one in said],
        "ai_generated": whole,
    }
    # These stand on every page, so that all of them would be read hundreds of times.
    links = [{"label": one, "url": url} for one, url in zip(said, addresses, strict=True)][::5]
    site = {
        "base_url": "https://small.example/shows/",
        "tagline": whole,
        "navigation": links,
        "subscribe": links,
        "edit_url": addresses[9] + "{file}",
        "search": False,
        "labels": {"episodes": said[10], "sources": said[11], "rss_feed": said[12]},
    }
    return _yaml({"show": show, "site": site})


def _episode(number: int, said: Sequence[str], last: str) -> str:
    """An episode file with payloads in all of its fields, and in its notes in every way."""
    whole = " ".join(said)
    addresses = [f"{ELSEWHERE}{one}" for one in map(_lined, said)]
    fields = {
        "title": f"Episode {number} {whole}",
        "slug": f"e{number}",
        "guid": f"guid {number} {whole}",
        "date": f"2026-01-{1 + number % 28:02}",
        "audio": {"url": f"{ELSEWHERE}{number}.mp3?{_lined(whole)}", "type": said[0]},
        "link": addresses[1],
        "summary": whole,
        "people": [{"name": one, "role": one, "url": ELSEWHERE} for one in said],
        "topics": [f"t{number} {one}" for one in said[::30]],
        "transcripts": [{"url": f"e{number}.{last}", "language": said[2]}, addresses[-1]],
        "chapters_file": f"e{number}.json",
        "soundbites": [{"start": "0:10", "duration": "5", "title": one} for one in said],
        "corrections": [{"date": "2026-02-01", "text": one} for one in said],
        "ai": whole,
        "license": {"name": said[3], "url": addresses[4]},
        "location": {"name": whole, "geo": said[5], "osm": said[6]},
        "visualizations": ["lab", {"title": whole, "url": addresses[7]}],
        "sources": [
            {"title": one, "authors": one, "year": one, "note": one, "url": url, "role": role}
            for one, url, role in zip(
                said, addresses, ("subject", *["cited"] * len(said)), strict=False
            )
        ],
        "aliases": [f"/old/{number}/", f"Alias {whole}"],
    }
    return f"---\n{_yaml(fields)}\n---\n\n{notes(said)}\n"


def notes(said: Sequence[str], *, local: bool = True) -> str:
    """Markdown that holds payloads as text, address, picture, title, code, heading and cell.

    Without `local` none of them is a path of the site.
    """
    return "\n\n".join(
        block
        for one in said
        for line in [_lined(one)]
        for block in (
            one,
            *((f"[x]({line})", f"[x](<{line}>)") if local else ()),
            f"[x](<{ELSEWHERE}{line}>)",
            f"![x](<{ELSEWHERE}{line}>)",
            f"![{line}]({line if local else ELSEWHERE})",
            f'[x]({ELSEWHERE} "{line}")',
            f"<{line}>",
            f"`{line}`",
            f"```{line}\n{one}\n```",
            f"## {line}",
            f"- {line}\n- [12:34] {line}",
            f"| {line} | b |\n| --- | --- |\n| {line} | c |",
            f"[{line}][r]\n\n[r]: {line if local else ELSEWHERE}",
        )
    )


def _cues(said: Sequence[str], kind: str) -> str:
    """A transcript in one of the formats."""
    if kind == "vtt":
        cues = (
            f"00:0{n}.000 --> 00:0{n}.900\n<v {one}>{one} [1]{one}" for n, one in enumerate(said)
        )
        return "WEBVTT\n\n" + "\n\n".join(map(_without_gaps, cues))
    if kind == "srt":
        cues = (
            f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{one}: {one}" for n, one in enumerate(said, 1)
        )
        return "\n\n".join(map(_without_gaps, cues))
    if kind == "json":
        return _yaml(
            {
                "version": "1.0.0",
                "segments": [
                    {"startTime": n, "endTime": n + 0.9, "speaker": one, "body": one}
                    for n, one in enumerate(said)
                ],
            }
        )
    return "\n\n".join(said)


def _without_gaps(cue: str) -> str:
    return cue.replace("\n\n", "\n")


_KINDS = ("vtt", "srt", "json", "txt")


def files(each: int = 60) -> Iterator[tuple[str, str | bytes]]:
    """The files of the show, `each` payloads in every field of an episode."""
    said = payloads()
    yield "site.yaml", settings(said)
    groups = [said[n : n + each] for n in range(0, len(said), each)]
    for number, group in enumerate(groups):
        kind = _KINDS[number % len(_KINDS)]
        yield f"content/episodes/e{number}.md", _episode(number, group, kind)
        # Notes of others may link to nothing.
        yield f"content/imported/episodes/e{number}.yaml", "derived:\n  title: x\n"
        yield f"content/transcripts/e{number}.{kind}", _cues(group, kind)
        marks = [
            {"startTime": 10 * n, "title": one, "url": ELSEWHERE + _lined(one)}
            for n, one in enumerate(group, 1)
        ]
        yield f"content/chapters/e{number}.json", _yaml({"version": "1.2.0", "chapters": marks})
    whole = [one for one in said if "](" not in one]  # a broken link in a page stops a build
    for number in range(3):
        fields = {"title": said[number], "slug": f"p{number}", "summary": " ".join(said)}
        yield (
            f"content/pages/p{number}.md",
            f"---\n{_yaml(fields)}\n---\n\n{notes(whole[number::3], local=False)}",
        )
    works = [
        {
            "known_as": [said[n]],
            "title": f"W{n} {said[n]}",
            "authors": said[n + 1],
            "year": said[n],
            "venue": said[n],
            "url": f"{ELSEWHERE}{_lined(said[n])}",
            "status": {"verdict": "retracted", "date": "2026-01-01", "evidence": [said[n]]},
        }
        for n in range(0, 60, 12)
    ]
    yield "content/works.yaml", _yaml({"works": works})
    yield "static/cover.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'
    yield from ((f"content/visualizations/lab/{n}", data) for n, data in beside(said).items())


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_RUNS = "ran(900)"


def pictures() -> Mapping[str, str | bytes]:
    """Pictures that run script where a browser opens them, by a name for each form."""
    script = f"<script>{_RUNS}</script>"
    html = "http://www.w3.org/1999/xhtml"
    plain = {
        "script": f"{_SVG}>{script}</svg>",
        "cdata": f"{_SVG}><script><![CDATA[{_RUNS}]]></script></svg>",
        "declared": f'<?xml version="1.0" encoding="utf-8"?>{_SVG}>{script}</svg>',
        "prefixed": '<s:svg xmlns:s="http://www.w3.org/2000/svg">'
        f"<s:script>{_RUNS}</s:script></s:svg>",
        "entity": f'<!DOCTYPE svg [<!ENTITY e "<script>{_RUNS}</script>">]>{_SVG}>&e;</svg>',
        "attribute-entity": f'<!DOCTYPE svg [<!ENTITY e "{_RUNS}">]>{_SVG} onload="&e;"/>',
        "default-attribute": f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{_RUNS}">]>{_SVG}/>',
        "namespace-entity": '<!DOCTYPE x [<!ENTITY n "http://www.w3.org/2000/svg">]>'
        f'<svg xmlns="&n;">{script}</svg>',
        "external": f'{_SVG}><script href="run.js"/></svg>',
        "external-xlink": f'{_SVG}><script xlink:href="run.js"/></svg>',
        "onload": f'{_SVG} onload="{_RUNS}"/>',
        "encoded": f'{_SVG} onload="&#x72;&#x61;n(900)"/>',
        "child-onload": f'{_SVG}><g><image href="x" onerror="{_RUNS}"/></g></svg>',
        "begin": f'{_SVG}><rect><animate onbegin="{_RUNS}" attributeName="x" dur="1s"/>'
        "</rect></svg>",
        "link": f'{_SVG}><a href="javascript:{_RUNS}"><rect width="99" height="99"/></a></svg>',
        "link-xlink": f'{_SVG}><a xlink:href="java&#10;script:{_RUNS}"><rect width="9"/></a></svg>',
        "animated-link": f'{_SVG}><a id="a"><animate attributeName="href" '
        f'values="javascript:{_RUNS}"/><rect width="99" height="99"/></a></svg>',
        "set-link": f'{_SVG}><a><set attributeName="xlink:href" to="javascript:{_RUNS}"/>'
        '<rect width="99" height="99"/></a></svg>',
        "foreign": f'{_SVG}><foreignObject><body xmlns="{html}"><img src="x" onerror="{_RUNS}"/>'
        "</body></foreignObject></svg>",
        "html-script": f'{_SVG}><h:script xmlns:h="{html}">{_RUNS}</h:script></svg>',
        "html-frame": f'{_SVG}><h:iframe xmlns:h="{html}" src="javascript:parent.{_RUNS}"/></svg>',
        "html-embed": f'{_SVG}><h:embed xmlns:h="{html}" src="script.svg"/></svg>',
        "html-object": f'{_SVG}><h:object xmlns:h="{html}" data="page.html"/></svg>',
        "use-data": f"{_SVG}><use href=\"data:image/svg+xml,{_SVG.replace(chr(34), chr(39))} id='x'"
        f" onload='{_RUNS}'/>#x\"/></svg>".replace("<svg xmlns='", "&lt;svg xmlns='"),
        "stylesheet": '<?xml-stylesheet type="text/xsl" href="run.xsl"?>' + f"{_SVG}/>",
        "css": '<?xml-stylesheet href="https://away.example/a.css"?>' + f"{_SVG}/>",
        "import": f'{_SVG}><style>@import "https://away.example/a.css";</style></svg>',
        "url": f'{_SVG}><rect width="9" height="9" style="fill:url(https://away.example/a)"/></svg>',
        "escaped-url": f"{_SVG}><style>rect{{fill:\\75rl(https://away.example/a)}}</style>"
        '<rect width="9" height="9"/></svg>',
        "image": f'{_SVG}><image href="https://away.example/a.png" width="9" height="9"/></svg>',
        "image-relative": f'{_SVG}><image href="//away.example/a.png" width="9" height="9"/></svg>',
        "feimage": f'{_SVG}><filter id="f"><feImage href="https://away.example/a.png"/></filter>'
        '<rect width="9" height="9" filter="url(#f)"/></svg>',
        "filter": f'{_SVG}><rect width="9" height="9" filter="url(https://away.example/a#f)"/></svg>',
        "base": f'{_SVG} xml:base="https://away.example/"><image href="a.png" width="9"/></svg>',
        "handler": f'{_SVG} xmlns:ev="http://www.w3.org/2001/xml-events"><handler ev:event="load" '
        f'type="text/javascript">{_RUNS}</handler></svg>',
        "no-namespace": f"<svg>{script}</svg>",
        "html-root": f'<html xmlns="{html}"><script>{_RUNS}</script></html>',
        "broken": f"{_SVG}>{script}<g></svg>",
        "as-html": f"<!doctype html>{script}",
    }
    found: dict[str, str | bytes] = {f"{name}.svg": text for name, text in plain.items()}
    utf16 = f'<?xml version="1.0" encoding="utf-16"?>{_SVG}>{script}</svg>'
    found["utf16.svg"] = utf16.encode("utf-16")
    found["utf16be.svg"] = b"\xfe\xff" + utf16.encode("utf-16-be")
    found["utf7.svg"] = (
        f'<?xml version="1.0" encoding="utf-7"?>{_SVG}>'
        f"+ADw-script+AD4-{_RUNS}+ADw-/script+AD4-</svg>"
    )
    found["latin.svg"] = f'<?xml version="1.0" encoding="latin1"?>{_SVG}>é{script}</svg>'.encode(
        "latin-1"
    )
    found["UPPER.SVG"] = plain["script"]
    found["zipped.svgz"] = gzip.compress(plain["script"].encode(), mtime=0)
    found["bare.svgz"] = plain["script"]
    return found


def beside(said: Sequence[str]) -> dict[str, str | bytes]:
    """The files of a visualization: its page, and whatever it might open in another tab."""
    html = f"<!doctype html><title>x</title><script>{_RUNS}</script>"
    xml = f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{_RUNS}</script></html>'
    names = """
        page.html OTHER.HTML page.htm page.shtml page.xhtml page.xht page.html.de page.php page
        page.mht page.mhtml page.hta page.htc page.xml page.xsl page.xslt page.rdf page.rss
        page.atom page.mml page.opml page.wsdl page.kml page.vtt.html page.svg.html page.unknown
        page.html. page.htm~ page.cgi page.asp page.pl
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
    return {
        "index.html": f"<!doctype html><title>{said[0]}</title><p>{' '.join(said)}"
        f"<script>{_RUNS}</script>",
        "visualization.yaml": _yaml(
            {"title": f"Lab {said[1]}", "description": " ".join(said), "aliases": ["/lab/"]}
        ),
        "run.js": _RUNS,
        "run.xsl": '<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform">'
        f'<x:template match="/"><html><script>{_RUNS}</script></html></x:template></x:stylesheet>',
        **{name: xml if "x" in name.partition(".")[2] else html for name in names},
        **pictures(),
    }
