"""What axe-core says of a page in a browser.

    from tests.axe import violations
    assert violations(page) == []

axe-core comes with the package `axe-playwright-python`; nothing is fetched.
"""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    # Frames hold other people's visualizations.
    "iframes": False,
    # WCAG 2.2's target size (2.5.8) is off until it is asked for.
    "rules": {"target-size": {"enabled": True}},
}


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that a page may break in the dark, and in the light not."""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """One line an element at fault: the rule, where it is, and what is wrong.

    Every rule is on, best practices as well as WCAG 2.2 A and AA, unless `rules` names a few.
    """
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    if not page.evaluate("'axe' in window"):  # half a megabyte, which a page reads once
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate("async (how) => (await axe.run(how)).violations", _OPTIONS | only)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {_said(node)}"
        for rule in told
        for node in rule["nodes"]
    ]


def _said(node: dict[str, Any]) -> str:
    found = (*node.get("any", ()), *node.get("all", ()), *node.get("none", ()))
    return "; ".join(dict.fromkeys(str(one["message"]) for one in found))
