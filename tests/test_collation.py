"""Names in the order of a language, which is that of ICU 78 with CLDR 48."""

import pytest

from backlist.locale import initial, ranked
from tests.conftest import SETTINGS, MakeSite, built, episode

ORDERS = {
    "es": "ámbar Ana nácar nube ñandú oso",
    "sv": "apa über yta Zorn ångström Ärlig öl Østerbro",
    "da": "abe zoologi Ærlig ø Å Aarhus",
    "de": "apfel Äpfel Ofen Öl Strasse Straße Zürich",
    "cs": "cesta čas hora chléb ikona zima život",
    "hu": "cukor csiga dal olaj öt zene zsák",
    "tr": "cam çay ğ hız ılık ilk su şeker",
    "pl": "los łoś mama oset ósmy zebra źle żaba",
    "et": "sild šokk zoo žanr tee võti õun ära",
    "is": "að ár baka dagur ð zoo þota ævi",
    "fa": "آب ایران پول کتاب گل نان وقت هنر یاد japan",
    "ar": "أحمد بيت تونس مدينة ياسمين Cairo",
    "ru": "Ежи ёлка жук яма Amsterdam",
    "uk": "гора ґанок дім іскра їжак йод",
    "ja": "Tokyo かな カナ 愛 山川 東京 日本",
    "zh": "爱 北京 上海 中国 Beijing",
    "zh-TW": "一 山 中 國 Taipei",
}
"""Words as `Intl.Collator` puts them, which has the whole of CLDR."""


@pytest.mark.parametrize(("language", "words"), ORDERS.items())
def test_names_are_in_the_order_of_the_language(language: str, words: str) -> None:
    ordered = words.split()
    places = ranked((language, tuple(reversed(ordered))))

    assert sorted(ordered, key=lambda one: places[one]) == ordered


def test_a_letter_of_the_language_is_a_heading_of_its_own() -> None:
    found = [initial(*one) for one in (("«Ångström»", "sv"), ("ångström", "fr"), ("chléb", "cs"))]

    assert found == ["Å", "A", "CH"]
    assert initial("12", "sv") == initial("", "sv") == ""
    assert initial("آب", "fa") == "آ"
    assert initial("日本", "ja") == initial("本", "ja")


def test_no_heading_of_works_stands_twice(site: MakeSite) -> None:
    titles = ["Zorn", "Ångström", "Apa", "Ärlig", "Alm", "Åse"]
    sources = ", ".join(
        f"{{title: {title}, url: 'https://w.example/{n}'}}" for n, title in enumerate(titles)
    )
    settings = SETTINGS.replace("  categories", "  language: sv\n  categories")
    files = {
        "site.yaml": settings,
        "content/episodes/a.md": episode("A", "a", sources=f"[{sources}]"),
    }
    made, problems = built(site(files))
    assert made is not None, list(problems)
    page = made.outputs["works/index.html"].read().decode()

    places = [
        page.index(f">{title}<") for title in ("Alm", "Apa", "Zorn", "Ångström", "Åse", "Ärlig")
    ]
    assert places == sorted(places)
    assert page.count('id="la"') == page.count('id="luc5"') == page.count('id="luc4"') == 1
