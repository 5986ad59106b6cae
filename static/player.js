// The page's one player: it plays the page's own recording, or that of a row.
const box = document.querySelector("[data-player]");
if (box) listen(box, box.querySelector("audio, video"));

function listen(box, audio) {
  const find = (selector) => box.querySelector(selector);
  const control = (name) => find(`[data-do=${name}]`);
  const deck = find(".player-controls");
  const line = find("input[type=range]");
  const status = find("[role=status]");
  const share = control("share");
  const shared = share?.textContent;
  const restart = control("restart");
  const follow = document.querySelector("[data-following] input");
  const cite = document.querySelector("[data-moment]");

  // ---- the recording

  const own = { ...box.dataset, key: box.dataset.player, url: "", page: "" };
  let now = own;
  const isOwn = () => now === own;
  /** What a button belongs to: a row of a list, or a result of the search. */
  const rowOf = (button) => button.closest("[data-entry]") ?? button.closest("li");
  const offered = (button) => {
    const row = rowOf(button);
    const link = row.querySelector(".title");
    const { plays: url, key, seconds } = button.dataset;
    return { url, key, seconds, title: link.textContent, language: link.lang, page: link.href, picture: row.querySelector("img")?.currentSrc ?? "" };
  };
  const load = (next) => {
    if (next.key === now.key) return;
    keep();
    for (const list of [stops, cues]) mark(list, -1);
    now = next.key === own.key ? own : next;
    wanted = null;
    started = false;
    if (isOwn()) audio.removeAttribute("src");
    else audio.src = now.url;
    audio.load();
    box.classList.toggle("is-elsewhere", !isOwn());
    if (control("own")) control("own").hidden = isOwn();
    sentAway = false;
    float();
    const left = Number(memory(placeKey()));
    if (left > 0) wanted = left;
    say("");
    paintTitle();
    paintStops();
    paint();
    paintState();
  };

  // ---- time

  let wanted = null; // where to begin, until the browser knows the recording
  let dragged = null; // where the thumb is held
  let started = false;
  const length = () => (Number.isFinite(audio.duration) && audio.duration) || Number(now.seconds) || 0;
  const place = () => dragged ?? wanted ?? audio.currentTime;
  const parts = (time) => [Math.floor(time / 3600), Math.floor(time / 60) % 60, Math.floor(time % 60)];
  const tongue = document.documentElement.lang || "en";
  const figures = [1, 2].map((least) => new Intl.NumberFormat(tongue, { minimumIntegerDigits: least }));
  const clock = (time) => {
    const [hours, ...rest] = parts(time);
    return (hours ? [hours, ...rest] : rest).map((part, n) => figures[n ? 1 : 0].format(part)).join(":");
  };
  // Said as the page's language says it; the rest are the theme's labels.
  const said = deck.dataset;
  const units = ["hour", "minute", "second"].map(
    (unit) => new Intl.NumberFormat(tongue, { style: "unit", unit, unitDisplay: "long" }),
  );
  const words = (time) =>
    parts(time)
      .map((part, n) => part && units[n].format(part))
      .filter(Boolean)
      .join(" ") || units[2].format(0);
  /** Seconds of `754`, `12:34`, `75:30`, `1h2m3s`, `npt:10,20`: else null. */
  const seconds = (text) => {
    const [begin, end] = text.trim().toLowerCase().replace(/^npt:/, "").split(",");
    if (!begin) return end ? 0 : null;
    const match =
      /^(?:(\d{1,4}):)?(\d{1,3}):([0-5]\d(?:\.\d{1,6})?)$/.exec(begin) ??
      /^(?:(\d{1,4})h)?(?:(\d{1,6})m)?(?:(\d{1,7}(?:\.\d{1,6})?)s?)?$/.exec(begin);
    return match && match.slice(1).reduce((sum, part) => sum * 60 + Number(part ?? 0), 0);
  };
  const asked = (text) => {
    const given = new URLSearchParams(text);
    for (const name of ["t", "time", "start", "ts", "at", "seek", "timestamp", "begin"]) {
      const time = given.has(name) ? seconds(given.get(name)) : null;
      if (time !== null) return time;
    }
    return null;
  };
  /** Seconds of `#t=754` and the like, of `#12:34`, and of what is said at `#t-754`; else null. */
  const moment = (hash) => {
    const cue = /^#t-(\d{1,7})(?:-\d+)?$/.exec(hash);
    if (cue) return Number(cue[1]);
    const bare = hash.slice(1).replace(/%3a/gi, ":");
    return asked(hash.slice(1)) ?? (/^\d+:/.test(bare) ? seconds(bare) : null);
  };
  const seek = (time, play) => {
    time = Math.max(0, Math.min(time, length() || Infinity));
    // Before the length is known a browser forgets a seek: keep the last one until then.
    if (audio.readyState) audio.currentTime = time;
    else wanted = time;
    if (play) begin();
    paint();
  };
  const begin = () => {
    if (audio.error || audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) audio.load();
    if (audio.readyState < 2) say(said.loading);
    audio.play().catch((error) => error.name === "NotAllowedError" && say(""));
  };
  const toggle = () => (audio.paused ? begin() : audio.pause());
  const step = (by) => seek(place() + by);
  const turn = (by) => {
    // Back within the first seconds of a chapter is the one before.
    if (!isOwn()) return;
    const here = last(stops, place() - (by < 0 ? 3 : 0));
    const stop = stops[by < 0 ? Math.max(0, here) : here + 1];
    if (stop) seek(stop.start);
  };

  // ---- what is shown

  let saying;
  const say = (text, passing) => {
    clearTimeout(saying);
    status.textContent = find("small").textContent = text;
    if (passing) saying = setTimeout(() => say(""), 4000);
  };
  const timed = (selector) =>
    [...document.querySelectorAll(selector)]
      .map((element) => ({ element, start: moment(element.hash ?? `#${element.id}`) }))
      .filter(({ start }) => start !== null);
  const stops = timed(".chapters .chapter-link");
  const cues = timed(".transcript-text span[id]");
  /** The place of the last one that has begun, or -1. */
  const last = (list, time) => {
    const next = list.findIndex(({ start }) => start > time);
    return (next < 0 ? list.length : next) - 1;
  };
  const marked = new Map();
  const mark = (list, time) => {
    const next = list[last(list, time)]?.element;
    const before = marked.get(list);
    if (next === before) return;
    before?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    marked.set(list, next);
    if (list === cues) return keepInSight(before, next);
    const [chapter, title] = [find(".current-chapter"), next?.lastElementChild];
    if (chapter) Object.assign(chapter, { textContent: title?.textContent ?? "", lang: title?.lang || tongue });
    if (scene(before) !== scene(next)) {
      paintTitle();
      announce();
    }
  };
  const scene = (stop) => stop?.querySelector("img")?.src || now.picture;
  const paint = () => {
    const time = place();
    const end = length();
    find(".elapsed").textContent = clock(time);
    if (share) share.textContent = Math.floor(time) ? share.dataset.at.replace("{clock}", clock(time)) : shared;
    find(".remaining").textContent = end ? `−${clock(Math.max(0, end - time))}` : "";
    line.disabled = !end;
    line.max = Math.floor(end) || 1;
    if (dragged === null) line.value = Math.floor(time);
    line.style.setProperty("--at", end ? time / end : 0);
    if (isOwn() && (started || wanted !== null)) {
      mark(stops, time);
      mark(cues, time);
    }
    if (document.activeElement !== line || dragged !== null || audio.paused) tell(time, end);
    if (cite && isOwn()) {
      const second = Math.floor(time);
      cite.textContent = cite.dataset.moment.replace("{clock}", clock(time)).replace("{seconds}", second);
      cite.hidden = !second;
    }
  };
  const tell = (time, end) => {
    const chapter = marked.get(stops)?.lastElementChild.textContent;
    line.setAttribute("aria-valuetext", (chapter ? said.ofChapter : said.of).replace("{place}", words(time)).replace("{end}", words(end)).replace("{chapter}", chapter));
  };
  const paintTitle = () => {
    const title = document.createElement(now.page ? "a" : "b");
    if (now.page) title.href = now.page;
    title.textContent = now.title;
    if (now.language) title.lang = now.language;
    find(".now-playing :is(a, b)").replaceWith(title);
    find(".now-playing img")?.remove();
    const src = scene(marked.get(stops));
    if (!src) return;
    const picture = Object.assign(new Image(44, 44), { src, alt: "" });
    find(".now-playing").prepend(picture);
  };
  let lit = [];
  /** The buttons of rows: those of the recording that plays pause it. */
  const light = () => {
    const title = (button) => rowOf(button).querySelector(".title").textContent;
    for (const button of lit) button.ariaLabel = said.playTitle.replace("{title}", () => title(button));
    for (const button of lit) rowOf(button).classList.remove("is-current", "playing");
    lit = now.key ? [...document.querySelectorAll(`[data-plays][data-key="${CSS.escape(now.key)}"]:not([data-at])`)] : [];
    for (const button of lit) {
      rowOf(button).classList.toggle("is-current", started || !isOwn());
      if (audio.paused) continue;
      rowOf(button).classList.add("playing");
      button.ariaLabel = said.pauseTitle.replace("{title}", () => title(button));
    }
  };
  const paintState = () => {
    light();
    control("toggle").setAttribute("aria-label", audio.paused ? said.play : said.pause);
    box.classList.toggle("playing", !audio.paused);
    if (navigator.mediaSession) navigator.mediaSession.playbackState = audio.paused ? "paused" : "playing";
  };
  const paintStops = () => {
    const marks = !isOwn() ? [] : stops.filter(({ start }) => start > 0 && start < length()).map(({ start }) => {
      const tick = document.createElement("i");
      tick.style.setProperty("--at", start / length());
      return tick;
    });
    find(".chapter-marks").replaceChildren(...marks);
  };

  // ---- the transcript moves along

  let busy = 0;
  for (const kind of ["wheel", "touchmove", "keydown"]) addEventListener(kind, () => (busy = Date.now()), { passive: true });
  const inSight = (element, margin) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= innerHeight * margin && bottom <= innerHeight * (1 - margin);
  };
  const keepInSight = (before, next) => {
    if (!follow?.checked || audio.paused || !before || !next?.checkVisibility?.()) return;
    if (Date.now() - busy < 3000 || !getSelection().isCollapsed) return;
    if (inSight(before, -0.05) && !inSight(next, 0.2)) next.scrollIntoView({ block: "center" });
  };

  // ---- what a browser remembers

  const memory = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // The player works without.
    }
    return null;
  };
  const placeKey = () => `backlist-place:${now.key}`;
  let kept = 0;
  const keep = () => {
    if (!started || wanted !== null) return;
    kept = audio.currentTime;
    const over = audio.ended || length() - kept < Math.min(30, length() * 0.05);
    memory(placeKey(), kept < 3 || over ? null : Math.floor(kept));
  };

  // ---- the recording speaks

  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
    audio.playbackRate = Number(speed.value);
    paintStops();
    paint();
  });
  audio.addEventListener("timeupdate", () => {
    if (!audio.paused && wanted === null && Math.abs(audio.currentTime - kept) >= 5) keep();
    paint();
  });
  audio.addEventListener("play", () => {
    started = true;
    if (restart) restart.hidden = true;
    if (isOwn()) document.querySelector(".transcript-text")?.classList.add("live");
    if (isOwn() && cues.length) follow.closest("[hidden]")?.removeAttribute("hidden");
    others?.postMessage("play");
    announce();
    paintState();
  });
  audio.addEventListener("playing", () => say(""));
  audio.addEventListener("waiting", () => say(said.loading));
  for (const kind of ["pause", "ended"]) {
    audio.addEventListener(kind, () => {
      keep();
      paintState();
    });
  }
  for (const kind of ["durationchange", "seeked", "ratechange"]) audio.addEventListener(kind, () => position());
  const fail = () => {
    wanted ??= audio.currentTime;
    audio.pause();
    say(said.failed);
  };
  audio.addEventListener("error", fail);
  find("source")?.addEventListener("error", fail);
  addEventListener("pagehide", keep);
  // Two pages of the show do not speak at once.
  const others = typeof BroadcastChannel === "function" ? new BroadcastChannel("backlist-player") : null;
  others?.addEventListener("message", () => audio.pause());

  // ---- the lock screen

  const session = navigator.mediaSession;
  const announce = () => {
    if (!session) return;
    const { title } = now;
    const picture = scene(marked.get(stops));
    const artwork = picture ? [{ src: new URL(picture, location.href).href }] : [];
    session.metadata = new MediaMetadata({ title, artist: own.show, album: own.show, artwork });
    position();
  };
  const position = () => {
    if (!session?.setPositionState || !audio.readyState || !Number.isFinite(audio.duration)) return;
    const { duration, currentTime, playbackRate } = audio;
    session.setPositionState({ duration, position: Math.min(currentTime, duration), playbackRate });
  };
  const actions = {
    play: begin,
    pause: () => audio.pause(),
    seekbackward: ({ seekOffset }) => step(-(seekOffset || 15)),
    seekforward: ({ seekOffset }) => step(seekOffset || 30),
    seekto: ({ seekTime }) => seek(seekTime),
    ...(stops.length && { previoustrack: () => turn(-1), nexttrack: () => turn(1) }),
  };
  for (const [name, action] of Object.entries(session ? actions : {})) {
    try {
      session.setActionHandler(name, action);
    } catch {
      // A browser that has no such button.
    }
  }

  // ---- the bar

  const does = { toggle, back: () => step(-15), forward: () => step(30), restart: () => seek(0, true), own: () => (load(own), begin()) };
  for (const [name, act] of Object.entries(does)) control(name)?.addEventListener("click", act);
  share?.addEventListener("click", async () => {
    const second = Math.floor(place());
    const address = new URL(now.page || own.address, location.href);
    if (second) address.hash = `t=${second}`;
    if (address.pathname === location.pathname) history.replaceState(null, "", address);
    try {
      // A sheet of the system's where there is one; whoever closes it wanted no copy either.
      await navigator.share({ title: now.title, url: address.href });
      return;
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    try {
      await navigator.clipboard.writeText(address.href);
      say(said.copied, true);
    } catch {
      say(said.addressed, true);
    }
  });
  line.addEventListener("input", () => {
    dragged = Number(line.value);
    paint();
  });
  line.addEventListener("change", () => {
    dragged = null;
    seek(Number(line.value));
  });
  line.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
    tell(place(), length());
  });
  const speed = find("select");
  speed.value = memory("backlist-speed") || "1";
  if (!speed.value) speed.value = "1";
  speed.addEventListener("change", () => {
    audio.playbackRate = Number(speed.value);
    memory("backlist-speed", speed.value);
  });

  // ---- links to moments, and what is said

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const button = event.target.closest?.("[data-plays]");
    if (button) {
      const { key, at } = button.dataset;
      if (key === now.key && !at) return toggle();
      load(offered(button));
      return at ? seek(Number(at), true) : begin();
    }
    if (event.target.closest?.("[data-begin]")) {
      event.preventDefault();
      load(own);
      box.scrollIntoView({ block: "center" });
      toggle();
      return;
    }
    const link = event.target.closest?.('a[href^="#t"]');
    const cue = started && isOwn() && getSelection().isCollapsed && !event.target.closest?.("a") ? event.target.closest?.(".transcript-text span[id]") : null;
    const hash = link ? link.hash : cue ? `#${cue.id}` : "";
    const time = moment(hash);
    if (time === null) return;
    event.preventDefault();
    history.replaceState(null, "", hash);
    load(own);
    seek(time, true);
  });
  const arrive = (play) => {
    const time = moment(location.hash) ?? (play ? null : asked(location.search));
    if (time === null || !own.key) return false;
    load(own);
    const cue = document.getElementById(location.hash.slice(1));
    const folded = cue?.closest("details:not([open])");
    if (folded) {
      folded.open = true;
      cue.scrollIntoView({ block: "center" });
    }
    seek(time, play);
    arrived = true;
    float();
    if (!cue && !inSight(deck, 0)) deck.scrollIntoView({ block: "center", behavior: "instant" });
    return true;
  };
  addEventListener("hashchange", () => arrive(true));

  // ---- keys, never those of somebody who types

  const keys = find("[data-keys]") ?? {};
  keys.checked = memory("backlist-keys") !== "off";
  keys.addEventListener?.("change", () => memory("backlist-keys", keys.checked ? null : "off"));
  const strokes = { k: toggle, j: does.back, l: does.forward, p: () => turn(-1), n: () => turn(1) };
  const later = { " ": toggle, ArrowLeft: does.back, ArrowRight: does.forward };
  addEventListener("keydown", (event) => {
    const at = event.target;
    if (!now.key || !keys.checked || event.defaultPrevented || event.isComposing || !at.closest) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || at.isContentEditable) return;
    if (at.closest("video, input:not([type=range], [type=checkbox]), textarea, select, iframe, dialog, [role=textbox]")) return;
    const act = strokes[event.key.toLowerCase()] ?? (started && !at.closest("a, button, summary, input") && later[event.key]);
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || act !== toggle) act();
  });

  // ---- in place of the browser's own

  // A film keeps the browser's own, which fill the screen; the bar is there once it is out of sight.
  if (audio.tagName === "AUDIO") audio.removeAttribute("controls");
  for (const part of [deck, share, find(".player-status"), find(".shortcuts")]) if (part) part.hidden = false;
  // Whoever came for a moment has the player in sight, wherever on the page that moment is.
  let arrived = false;
  let inView = true;
  let sentAway = false; // until the recording is started again
  function float() {
    const afloat = (isOwn() ? (started || arrived) && !inView : true) && !sentAway;
    deck.style.minHeight = afloat && isOwn() ? deck.style.minHeight || `${deck.offsetHeight}px` : "";
    deck.classList.toggle("is-floating", afloat);
  }
  new IntersectionObserver(([{ isIntersecting }]) => {
    inView = isIntersecting;
    float();
  }).observe(deck);
  control("close").addEventListener("click", () => {
    sentAway = true;
    if (!isOwn()) audio.pause(); // nothing else on this page could
    float();
  });
  audio.addEventListener("play", () => {
    sentAway = false;
    float();
  });
  if (!arrive(false)) {
    const left = own.key ? Number(memory(placeKey())) : 0;
    if (left > 0) {
      restart.hidden = false;
      seek(left);
      const rest = Math.round((length() - left) / 60);
      say(said.continues.replace("{clock}", clock(left)) + (rest > 0 ? ` · ${said.left.replace("{time}", units[1].format(rest))}` : ""));
    }
  }
  paintStops();
  paint();
  paintState();
}
