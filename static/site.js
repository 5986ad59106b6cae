// Everything here adds to pages that work without it: what needs script is `hidden` until now.
const find = (selector) => document.querySelector(selector);

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

// ---- copying an address

for (const button of document.querySelectorAll("[data-copy]")) {
  const status = button.parentElement.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      said = "Your browser did not allow it";
    }
    if (status) status.textContent = said;
    setTimeout(() => status && (status.textContent = ""), 4000);
  });
  button.hidden = !navigator.clipboard;
}

// ---- the archive's filter

const filter = find("[data-filter]");
const ledger = find("[data-rows]");
if (filter && ledger) {
  const box = filter.querySelector("input");
  const status = filter.querySelector("output");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...ledger.querySelectorAll(".row")].map((row) => ({
    row,
    text: plain(row.querySelector(".what").textContent),
  }));
  const groups = [...ledger.querySelectorAll(".part")];
  const apply = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".row:not([hidden])");
    status.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
  };
  box.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.hidden = false;
  if (box.value) apply(); // a browser that goes back keeps what was typed
}

// ---- the height of framed pages: they say it, and nothing else they say is heard

const frames = [...document.querySelectorAll("figure iframe[height]")];
addEventListener("message", (event) => {
  const frame = frames.find((one) => one.contentWindow === event.source);
  const { type, height } = Object(event.data);
  if (!frame || type !== "backlist-height" || !Number.isFinite(height)) return;
  const most = Math.min(1400, Math.round(innerHeight * 1.5));
  frame.height = Math.max(240, Math.min(most, Math.ceil(height)));
});

// ---- moments of the recording: `#t=754`, `#t=12:34`, and links to them

const audio = find("audio");
if (audio) {
  let wanted = null;
  const seconds = (hash) => {
    const match = /^#t=((?:\d+:){0,2}\d+(?:\.\d+)?)$/.exec(hash);
    return match && match[1].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  };
  const seek = (time) => {
    if (time === null) return;
    if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) {
      audio.currentTime = time;
    } else {
      // Before the length is known a browser forgets a seek: keep the last one until then.
      wanted = time;
      audio.preload = "metadata";
    }
    audio.play().catch(() => {}); // refused without a click; the place is kept all the same
  };
  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.time");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    seek(seconds(link.hash));
  });
  // The citation with the moment that is playing.
  const cite = find("[data-moment]");
  const clock = (time) => {
    const parts = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
    const shown = parts[0] ? parts : parts.slice(1);
    return shown.map((part, place) => String(part).padStart(place ? 2 : 1, "0")).join(":");
  };
  if (cite) {
    audio.addEventListener("timeupdate", () => {
      const time = Math.floor(audio.currentTime);
      cite.textContent = cite.dataset.moment.replace("{clock}", clock(time)).replace("{seconds}", time);
      cite.hidden = !time;
    });
  }
  addEventListener("hashchange", () => seek(seconds(location.hash)));
  seek(seconds(location.hash));
}
