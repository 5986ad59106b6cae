"""Makes the typefaces of `static/fonts/`: small files for each script, and fallbacks of their size.

Run by `make fonts`, when a typeface is new or has changed; what it writes is committed. The
families are packages pinned in `pyproject.toml` (SIL Open Font License 1.1); share cards are set
from one of the same packages.

A fallback is a typeface that readers have, made as wide and as tall as ours, so that no line moves
when ours arrives. Its width is the mean of letters as often as English uses them.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).parents[1] / "static/fonts"
FEATURES = ("calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum")
Codes = frozenset[int]


@dataclass(frozen=True)
class Face:
    """A style of a family: its weights, and where on its other axes its outlines are taken."""

    style: str
    weights: tuple[int, int]
    axes: Mapping[str, float]


@dataclass(frozen=True)
class Family:
    """A family as the theme ships it; `fallbacks` are names below in `FALLBACKS`.

    `kerned` is how much wider or narrower whole sentences are than their letters, as Chromium sets
    them, regular and bold: pairs of letters move together, and titles may be bolder.
    """

    package: str
    name: str
    faces: tuple[Face, ...]
    fallbacks: tuple[str, ...]
    kerned: tuple[float, float]


SERIFS = ("Georgia", "Times", "Noto Serif", "DejaVu Serif")
SANS = ("Segoe UI", "Arial", "Roboto", "DejaVu Sans")
# Optical size 18 is right for text and still fine in a title; the whole axis doubles the files.
TEXT_SIZE = {"opsz": 18.0}
FAMILIES = (
    Family(
        "source-serif-4",
        "Source Serif 4",
        (Face("normal", (400, 700), TEXT_SIZE), Face("italic", (400, 400), TEXT_SIZE)),
        SERIFS,
        (0.990, 0.992),
    ),
    Family(
        "source-sans-3", "Source Sans 3", (Face("normal", (400, 700), {}),), SANS, (0.991, 0.995)
    ),
    Family("onest", "Onest", (Face("normal", (400, 800), {}),), SANS, (1.0, 1.014)),
)

SCRIPTS = {
    "latin": "0000-00FF,0131,0152-0153,02BB-02BC,02C6,02DA,02DC,0304,0308,0329,2000-206F,20AC,"
    "2122,2190-2193,2196-2199,2212,2215,FEFF,FFFD",
    "latin-ext": "0100-0130,0132-0151,0154-02BA,02BD-02C5,02C7-02CC,02CE-02D7,02DD-02FF,1D00-1DBF,"
    "1E00-1E9F,1EF2-1EFF,2070-209F,20A0-20AB,20AD-20C0,2113,2C60-2C7F,A720-A7FF",
    "vietnamese": "0102-0103,0110-0111,0128-0129,0168-0169,01A0-01A1,01AF-01B0,0300-0301,0303,"
    "0309,0323,1EA0-1EF9,20AB",
    "greek": "0370-0377,037A-037F,0384-038A,038C,038E-03A1,03A3-03FF",
    "cyrillic": "0301,0400-045F,0490-0491,04B0-04B1,2116",
    "cyrillic-ext": "0460-048F,0492-04AF,04B2-052F,1C80-1C8A,2DE0-2DFF,A640-A69F,FE2E-FE2F",
}
"""Parts of Unicode as Google Fonts cuts them, with arrows among the Latin letters."""

OURS = "U+0-52F, U+1E00-1EFF, U+2000-22FF"
"""What a fallback is for: the letters of other scripts are left to what is named after it."""

FALLBACKS = {
    "Georgia": (("Georgia",), 0.436, 0.507, 0.445),
    "Times": (("Times New Roman", "Liberation Serif", "Times"), 0.3961, 0.4214, 0.3979),
    "Noto Serif": (("Noto Serif",), 0.4736, 0.5029, 0.4598),
    "DejaVu Serif": (("DejaVu Serif",), 0.5074, 0.5607, 0.5074),
    "Segoe UI": (("Segoe UI",), 0.4345, 0.4656, 0.4249),
    "Arial": (("Arial", "Liberation Sans", "Helvetica"), 0.4373, 0.4726, 0.4373),
    "Roboto": (("Roboto",), 0.4381, 0.4445, 0.4258),
    "DejaVu Sans": (("DejaVu Sans",), 0.5021, 0.5675, 0.5021),
}
"""Fonts that readers have, those of one width together, and how wide their letters are on average,
in em: regular, bold and italic. Measured with `mean_width` in Liberation 2, DejaVu 2.37, Roboto and
Noto. Georgia's and Segoe's, which nobody may pass on, are those of the npm package
`@capsizecss/metrics` 4.3, by what Arial and Times are there."""

OFTEN = {
    " ": 180, "e": 102, "t": 75, "a": 65, "o": 62, "i": 57, "n": 57, "s": 53, "r": 50, "h": 50,
    "l": 33, "d": 33, "u": 23, "c": 22, "m": 20, "f": 20, "w": 17, "g": 16, "p": 15, "y": 14,
    "b": 13, "v": 8, "k": 5, ".": 8, ",": 8,
}  # fmt: skip
"""How often letters are used in some thousand of English text."""

# The weights that a fallback stands for: titles are set in 500, and what is bold in 600.
LIGHT, BOLD = (1, 549), (550, 1000)


def main() -> None:
    """Write every family with its style sheet and its licence."""
    OUT.mkdir(exist_ok=True)
    for family in FAMILIES:
        rules = [rule for face in family.faces for rule in _face(family, face)]
        rules += [rule for face in family.faces for rule in _fallbacks(family, face)]
        (OUT / f"{family.package}.css").write_text("".join(rules), "utf-8")
        module = __import__(f"fontpkg_{family.package.replace('-', '_')}")
        licence = Path(next(iter(module.__path__))) / "LICENSE"
        (OUT / f"{family.package}.LICENSE.txt").write_text(licence.read_text("utf-8"), "utf-8")


def _face(family: Family, face: Face) -> Iterator[str]:
    whole = _instance(family, face)
    known = frozenset(whole.getBestCmap())
    low, high = face.weights
    for script, ranges in SCRIPTS.items():
        codes = _codes(ranges) & known
        # A script of which the typeface has nothing but marks is the system's.
        if len(codes) < 10:
            continue
        italic = "-italic" if face.style == "italic" else ""
        name = f"{family.package}-{script}{italic}.woff2"
        (OUT / name).write_bytes(_subset(whole, codes))
        yield (
            f'@font-face {{ font-family: "{family.name}"; font-style: {face.style}; '
            f"font-weight: {low if low == high else f'{low} {high}'}; font-display: optional; "
            f'src: url("{name}") format("woff2"); '
            f"unicode-range: {', '.join(f'U+{one}' for one in ranges.split(','))}; }}\n"
        )


def _fallbacks(family: Family, face: Face) -> Iterator[str]:
    plain = _instance(family, Face(face.style, (400, 400), face.axes), letters=True)
    bold = _instance(family, Face(face.style, (600, 600), face.axes), letters=True)
    regular, heavy = family.kerned
    for name in family.fallbacks:
        fonts, *widths = FALLBACKS[name]
        styles = (
            [(LIGHT, plain, widths[0], ""), (BOLD, bold, widths[1], " Bold")]
            if face.style == "normal"
            else [((1, 1000), plain, widths[2], " Italic")]
        )
        for (low, high), font, width, suffix in styles:
            scale = mean_width(font) / width * (heavy if low == BOLD[0] else regular)
            unit, lines = font["head"].unitsPerEm, font["hhea"]
            source = ", ".join(f'local("{one}{suffix}")' for one in fonts)
            yield (
                f'@font-face {{ font-family: "{family.name}: {name}"; font-style: {face.style}; '
                f"font-weight: {low} {high}; src: {source}; size-adjust: {scale:.2%}; "
                f"ascent-override: {lines.ascent / unit / scale:.2%}; "
                f"descent-override: {-lines.descent / unit / scale:.2%}; "
                f"line-gap-override: {lines.lineGap / unit / scale:.2%}; "
                f"unicode-range: {OURS}; }}\n"
            )


def mean_width(font: TTFont) -> float:
    """How wide the letters of English text are on average, in em."""
    widths, glyphs = font["hmtx"], font.getBestCmap()
    total = sum(widths[glyphs[ord(letter)]][0] * often for letter, often in OFTEN.items())
    return float(total / sum(OFTEN.values()) / font["head"].unitsPerEm)


def _instance(family: Family, face: Face, *, letters: bool = False) -> TTFont:
    """The face of a family; only the `letters` that are measured, which is quicker."""
    low, high = face.weights
    weights = low if low == high else (low, high)
    font = TTFont(fontpkg.path(family.package, style=face.style))
    codes = {ord(one) for one in OFTEN} if letters else _shipped() & set(font.getBestCmap())
    cut = subset.Subsetter(subset.Options(layout_features=list(FEATURES), hinting=False))
    cut.populate(unicodes=codes)
    cut.subset(font)
    font = instancer.instantiateVariableFont(_again(font), {**face.axes, "wght": weights})
    return _again(font)


def _shipped() -> Codes:
    """Every code point that is shipped."""
    return frozenset[int]().union(*map(_codes, SCRIPTS.values()))


def _subset(font: TTFont, codes: Codes) -> bytes:
    options = subset.Options(layout_features=list(FEATURES), hinting=False, flavor="woff2")
    cut = subset.Subsetter(options)
    cut.populate(unicodes=codes)
    font = _again(font)
    cut.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _again(font: TTFont) -> TTFont:
    """The font as it is read from its file: tables refer to each other by what was read."""
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    return TTFont(written, recalcTimestamp=False)


def _codes(ranges: str) -> Codes:
    """What code points a list of ranges has, as CSS writes them without `U+`."""
    ends = (one.partition("-")[::2] for one in ranges.split(","))
    return frozenset(
        code for low, high in ends for code in range(int(low, 16), int(high or low, 16) + 1)
    )


if __name__ == "__main__":
    main()
