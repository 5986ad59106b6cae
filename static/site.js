// Everything here adds to pages that work without it: what needs script is `hidden` until now.
const find = (selector) => document.querySelector(selector);
const figure = (number) => number.toLocaleString(document.documentElement.lang || "en");

// ---- light and dark

const scheme = find("[data-scheme]");
if (scheme) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  scheme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("backlist-theme", root.dataset.theme);
    } catch {
      // A browser that keeps nothing still switches this page.
    }
  });
  scheme.hidden = false;
}

// ---- copying: the text in `data-copy`, or where that is empty the one before it, in a link or a field

const carried = ({ href }) => decodeURIComponent(href.slice(href.indexOf(",") + 1)); // RFC 2397
const beside = ({ previousElementSibling: link, parentElement }) =>
  link ? carried(link) : parentElement.previousElementSibling.value;

for (const button of document.querySelectorAll("[data-copy]")) {
  const status = button.closest("p")?.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    let said = button.dataset.done;
    try {
      await navigator.clipboard.writeText(button.dataset.copy || beside(button));
    } catch {
      said = button.dataset.refused;
    }
    if (status) status.textContent = said;
    setTimeout(() => status && (status.textContent = ""), 4000);
  });
  button.hidden = !navigator.clipboard;
}

// ---- long notes show their beginning, until somebody asks for all or leads into them

for (const notes of document.querySelectorAll("[data-fold]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unfold-notes";
  const fold = (folded) => {
    notes.toggleAttribute("data-folded", folded);
    button.textContent = folded ? notes.dataset.more : notes.dataset.less;
    button.setAttribute("aria-expanded", String(!folded));
  };
  button.addEventListener("click", () => {
    fold(!notes.hasAttribute("data-folded"));
    if (notes.hasAttribute("data-folded")) notes.parentElement.scrollIntoView({ block: "nearest" });
  });
  const inside = () => [...notes.querySelectorAll("[id]")].find((one) => encodeURI(`#${one.id}`) === location.hash);
  const reveal = () => {
    const goal = inside();
    if (!goal) return;
    fold(false);
    goal.scrollIntoView();
  };
  notes.addEventListener("focusin", () => fold(false));
  addEventListener("hashchange", reveal);
  notes.after(button);
  fold(true);
  // What is hardly longer than the fold is not worth a click.
  if (notes.scrollHeight < notes.clientHeight * 1.25) {
    notes.removeAttribute("data-fold");
    button.remove();
  }
  reveal();
}

// ---- a source, shown where `[3]` cites it; the link in it leads on to the list

const sources = find(".sources");
const cited = ':is(.prose, .transcript-text) a[href^="#source-"]';
if (sources && "popover" in sources && find(cited)) {
  const box = document.createElement("dialog"); // a dialog gets the focus, and gives it back
  box.className = "source-popover";
  box.popover = "auto";
  box.tabIndex = -1;
  box.autofocus = true;
  const made = (name, facts) => Object.assign(document.createElement(name), facts);
  const onward = made("a", { textContent: sources.dataset.list });
  const close = made("button", { type: "button", textContent: sources.dataset.close });
  for (const one of [onward, close]) one.addEventListener("click", () => box.hidePopover());
  const foot = made("p", { className: "meta" });
  foot.append(onward, " ", close);
  let from = null;
  const show = (link, source) => {
    const number = source.querySelector(".source-number");
    box.ariaLabel = number.ariaLabel;
    const figure = made("b", { textContent: number.textContent });
    box.replaceChildren(figure, source.lastElementChild.cloneNode(true), foot);
    onward.href = link.hash;
    link.style.setProperty("anchor-name", "--cited");
    from = link;
    box.showPopover({ source: link });
  };
  box.addEventListener("toggle", ({ newState }) => newState === "closed" && from?.style.removeProperty("anchor-name"));
  for (const link of document.querySelectorAll(cited)) link.ariaHasPopup = "dialog";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(cited);
    const source = link && document.getElementById(link.hash.slice(1));
    if (!source || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (box.matches(":popover-open")) box.hidePopover();
    show(link, source);
  });
  document.body.append(box);
}

// ---- the archive's filter

const filter = find("[data-filter]");
const list = find("[data-rows]");
if (filter && list) {
  const box = filter.querySelector("input");
  const status = filter.querySelector("output");
  const clear = filter.querySelector("button");
  const elsewhere = filter.querySelector("p a");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let rows = []; // read when somebody filters: there may be thousands
  const read = () =>
    [...list.querySelectorAll(".row, .visualization-card")].map((row) => ({
      row,
      text: plain((row.querySelector(".row-body") ?? row).textContent),
    }));
  const groups = [...list.querySelectorAll(".section")];
  const apply = () => {
    if (!rows.length) rows = read();
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".row:not([hidden]), .visualization-card:not([hidden])");
    const said = shown
      ? status.dataset.said.replace("{n}", figure(shown)).replace("{all}", figure(rows.length))
      : status.dataset.nothing.replace("{words}", () => box.value.trim());
    status.textContent = words.length ? said : "";
    clear.hidden = !words.length;
    if (!elsewhere) return;
    elsewhere.hidden = !words.length || shown > 0;
    elsewhere.search = `?${new URLSearchParams({ q: box.value.trim() })}`;
  };
  box.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => {
    box.value = "";
    apply();
    box.focus();
  });
  filter.hidden = false;
  if (box.value) apply(); // a browser that goes back keeps what was typed
}

// ---- search: what finds is loaded when somebody asks

const ask = find("[data-search]");
if (ask?.dataset.search) {
  let typed = "";
  // What is typed while the script is on its way belongs into the field, not to the player's keys.
  const hold = (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    typed += event.key;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const open = (event) => {
    event.preventDefault();
    typed = "";
    addEventListener("keydown", hold, true);
    import(new URL(ask.dataset.search, document.baseURI))
      .then((search) => search.open(typed))
      .catch(() => location.assign(ask.href))
      .finally(() => removeEventListener("keydown", hold, true));
  };
  const keys = () => {
    try {
      return localStorage.getItem("backlist-keys") !== "off"; // the player asks
    } catch {
      return true;
    }
  };
  ask.addEventListener("click", (event) => {
    if (!(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) open(event);
  });
  addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    const typing = target.closest?.("input, textarea, select, [contenteditable]");
    const slash = key === "/" && !typing && !ctrlKey && !metaKey && !altKey && keys();
    if (slash || (key?.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey)) open(event);
  });
  ask.querySelector("kbd").hidden = !keys();

  // The list of all episodes: its facets are those of the search, and its address says what is chosen.
  const narrow = find("[data-narrow]");
  if (narrow) {
    const begin = () => {
      narrow.remove();
      filter.remove();
      return import(new URL(ask.dataset.search, document.baseURI));
    };
    narrow.addEventListener("click", () => begin().then((search) => search.narrow()).catch(() => location.assign(ask.href)));
    narrow.hidden = false;
    const asked = new URLSearchParams(location.search);
    if (["q", "topic", "guest", "year", "season", "has"].some((name) => asked.has(name))) begin().catch(() => location.assign(ask.href));
  }
}
