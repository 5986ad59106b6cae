// Runs inside the frame, before anything of the page itself.
(() => {
  // Only a frame without an origin may run what follows. Opened by itself the copy would be a page
  // of the site: the rest of it becomes text, and the reader is taken to the full view.
  if (self.origin !== "null") {
    document.write("<plaintext hidden>");
    location.replace("./");
    return;
  }
  const LEAST = 8; // px: less is the page settling
  const PAUSE = 50; // ms: at most twenty messages a second
  const ROUNDS = 6; // growing each time the frame has grown, a page follows its frame
  let last = 0, due = 0, width = 0, rounds = 0, beyond = 0, steps = 0, armed = null;

  // The height is that of what is in the body, by ranges: `scrollHeight` and the body's own height
  // never fall below the frame's, so a frame once too tall would stay so. What is placed by the
  // frame does not count. The scrollbar is away while measuring: its coming and going wraps lines.
  const bottom = (body) => {
    const range = document.createRange();
    let lowest = 0;
    for (const node of body.childNodes) {
      const placed = node.nodeType === 1 && getComputedStyle(node).position;
      if (placed === "fixed" || placed === "absolute") continue;
      range.selectNode(node);
      const box = range.getBoundingClientRect();
      if (box.height) lowest = Math.max(lowest, box.bottom + scrollY);
    }
    return lowest;
  };
  const natural = () => {
    const { body, documentElement: root } = document;
    root.style.setProperty("scrollbar-width", "none", "important");
    const style = getComputedStyle(body);
    const below = parseFloat(style.paddingBottom) + parseFloat(style.marginBottom);
    const lowest = bottom(body);
    const flow = lowest && lowest + below;
    // What stands out of the body's flow, or a last margin, shows only as overflow.
    const more = root.scrollHeight > innerHeight ? root.scrollHeight - Math.max(flow, innerHeight) : 0;
    root.style.removeProperty("scrollbar-width");
    if (more > 0 && innerHeight >= flow && steps < 3) {
      beyond = root.scrollHeight - flow;
      steps += 1;
    }
    return flow || beyond ? Math.ceil(flow + (steps < 3 ? beyond : 0)) : 0;
  };
  const tell = () => {
    due = 0;
    if (!document.body) return;
    if (innerWidth !== width) {
      width = innerWidth;
      rounds = steps = beyond = 0;
    }
    const height = natural();
    changes.takeRecords();
    if (!height || Math.abs(height - last) < LEAST) return;
    rounds = height > last && Math.abs(innerHeight - last) < LEAST ? rounds + 1 : 0;
    if (rounds > ROUNDS) return;
    last = height;
    parent.postMessage({ type: "backlist-height", height }, "*");
  };
  const soon = () => {
    due ||= setTimeout(tell, PAUSE);
  };
  // The base target sends links out of the frame; those that stay on the page must not follow.
  const stay = (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && !link.target && /^\s*(#|javascript:)/i.test(link.getAttribute("href"))) {
      link.target = "_self";
    }
  };
  // A page of ours closes its frame at Escape, unless what runs here has a use for the key.
  const leave = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) parent.postMessage({ type: "backlist-escape" }, "*");
  };
  // `document.open` takes listeners and elements away: both are set again.
  const arm = () => {
    if (!document.body || document.body === armed) return;
    armed = document.body;
    new ResizeObserver(soon).observe(armed);
    addEventListener("load", soon);
    addEventListener("resize", soon);
    addEventListener("click", stay, true);
    addEventListener("keydown", leave);
    soon();
  };
  const changes = new MutationObserver(() => {
    rounds = 0;
    arm();
    soon();
  });
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  changes.observe(document, all);
})();
