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
_RUN = """async ([where, how]) =>
  (await axe.run(where.include ? where : document, how)).violations"""

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that a page may break in the dark, and in the light not."""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """One line an element at fault: the rule, where it is, and what is wrong.

    Every rule is on, best practices as well as WCAG 2.2 A and AA, unless `rules` names a few.
    """
    return _run(page, {}, _OPTIONS | (_only(rules) if rules else {}))


def _only(rules: Sequence[str]) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": list(rules)}}


def _run(page: Page, where: dict[str, Any], how: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):  # half a megabyte, which a page reads once
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate(_RUN, [where, how])
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {_said(node)}"
        for rule in told
        for node in rule["nodes"]
    ]


_NEW_LOOKS = """() => {
  const known = (self.axeKnows ??= new WeakMap()), grounds = new Map([[null, ""]]);
  const ground = (one) => {
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity].join(" ");
      grounds.set(one, `${ground(one.parentElement)}, ${own}`);
    }
    return grounds.get(one);
  };
  const written = (one) => /^(input|select|textarea)$/i.test(one.tagName) ||
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll("*")].filter((one) => {
    if (!written(one) || !one.checkVisibility({ visibilityProperty: true })) return false;
    const box = one.getBoundingClientRect();
    if (!box.width || box.right < 0 || box.left > innerWidth) return false;
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(one);
    const look = [color, fontSize, fontWeight, textDecorationLine, ground(one)].join();
    const fresh = known.get(one) !== look;
    known.set(one, look);
    return fresh;
  });
}"""
"""The elements with text that show, and did not in these colours when this was asked last."""


def faint(page: Page) -> list[str]:
    """Which colours break a rule, on all that shows and did not show alike at an earlier call."""
    fresh = page.evaluate_handle(_NEW_LOOKS)
    if not fresh.evaluate("found => found.length"):
        return []
    return _run(page, {"include": fresh}, _OPTIONS | _only(COLOURS))


def _said(node: dict[str, Any]) -> str:
    found = (*node.get("any", ()), *node.get("all", ()), *node.get("none", ()))
    return "; ".join(dict.fromkeys(str(one["message"]) for one in found))
