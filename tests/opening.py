"""Whether an address opens at its words: they are on the screen once the page is there."""

from collections.abc import Callable

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooSlowError

_SEEN = """
words => {
  const plain = text => text.replace(/\\s+/g, ' ');
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  let all = '';
  const places = [];
  for (let node; (node = walker.nextNode());) {
    for (let at = 0; at < node.data.length; at++) {
      if (/\\s/.test(node.data[at])) continue;
      all += node.data[at];
      places.push([node, at]);
    }
  }
  const wanted = words.replace(/\\s+/g, '');
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
    const range = document.createRange();
    range.setStart(...places[at]);
    const [node, end] = places[at + wanted.length - 1];
    range.setEnd(node, end + 1);
    const box = range.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + 5);
    if (box.height && box.top >= 0 && box.top < innerHeight && middle) return true;
  }
  return false;
}
"""


def opens_at(
    page: Page, address: str, words: str, local: Callable[[str], str], *, patience: float = 5
) -> bool:
    """Whether the words are on the screen within some seconds of opening an address.

    `local` says where this computer serves the address.
    """
    page.goto("about:blank")
    page.goto(local(address), wait_until="load")
    try:
        page.wait_for_function(_SEEN, arg=words, timeout=patience * 1000)
    except TooSlowError:
        return False
    return True
