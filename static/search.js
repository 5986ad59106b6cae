// Search: episodes by what a reader types. `site.js` and the search page load this file; it
// loads the engine, the index and the texts that are shown, and those with the first word typed.

const home = new URL("../", import.meta.url);
const inSite = (path) => new URL(path, home);
const FACETS = ["topic", "guest", "year", "season", "has"];
const SHOWN = 8; // results at once
const READ = 24; // transcripts that are read for a phrase without being asked
const WINDOW = 24; // words of an excerpt
const FIELDS = ["title", "summary", "notes", "transcript", "source", "author", "id", "alias"];
const WAIT = 150; // milliseconds after a key

// ---- words: the rule of src/backlist/outputs/search/words.py, from the reader's side

const JOINT =
  /(?<=\S{2}[:;,/\\)\]}>|=+*?!&#@~^”»…—–·•])(?=[^\s:;,/\\)\]}>|=+*?!&#@~^”»…—–·•]\S)|(?<=\S{2})(?=[([{<“«]\S)/gu;
const EAST =
  /(?<=[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])(?=\S)|(?<=\S)(?=[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])/gu;
const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
const ALONE = /(?<![\u0370-\u03ff\u1f00-\u1fff])[α-ω](?![\u0370-\u03ff\u1f00-\u1fff])/gu;
const ADDRESS = /^https?:\S*(?:arxiv\.org\/(?:abs|pdf|html)\/|doi\.org\/)(\S+?)(?:\.pdf)?$/i;

const plain = (word) =>
  word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s/gu, "")
    .replace(ALONE, (letter) => GREEK[letter.charCodeAt(0) - 0x3b1])
    .replace(/([0-9]{4}\.[0-9]{4,5})v[0-9]+/gu, "$1");

/** What a reader types, as it is asked for. */
export function query(text) {
  const line = text.replaceAll("\u200b", "").trim().split(/\s+/u).join(" ");
  const spaced = line.replace(ADDRESS, "$1").replace(JOINT, " ").replace(EAST, " ");
  return spaced.split(" ").map(plain).filter(Boolean).join(" ");
}

// ---- words of the theme, as the site gives them in the language of the show

const language = document.documentElement.lang || "en";
const said = await fetch(inSite("search/words.json")).then((answer) => answer.json());
const figure = (number) => number.toLocaleString(language);
const filled = (text, places) => text.replace(/\{(\w+)\}/gu, (whole, name) => places[name] ?? whole);
const say = (name, places = {}) => filled(said[name], places);
const quoted = (text) => say("quoted", { text });
const everything = () => element("a", { href: inSite("episodes/").href }, say("all_episodes"));

/** What a value of a facet is called. */
const says = (facet, value) => said.values[facet]?.[value] ?? value;
let helper = null;
/** What answers a question (`search-ask.js`); loaded with the first. */
function helped() {
  helper ??= import(inSite(said.scripts.ask)).then(({ asker }) =>
    asker({ engine, load, query, fold, partsOf, core, says, names: Object.fromEntries(FACETS.map((one) => [one, said.facets[one]])) }),
  );
  helper.catch(() => (helper = null));
  return helper;
}

/** A count in the form that its number takes (CLDR; the forms come in this order). */
function counted(name, number, places = {}) {
  const forms = said[name].split("|");
  const rules = new Intl.PluralRules(language);
  const known = ["zero", "one", "two", "few", "many", "other"].filter((one) => rules.resolvedOptions().pluralCategories.includes(one));
  const place = forms.length === known.length ? known.indexOf(rules.select(number)) : Number(number !== 1);
  return filled(forms[Math.min(place, forms.length - 1)].trim(), { n: figure(number), ...places });
}

// ---- the engine, and what it finds

let started = null;

function engine() {
  started ??= import(inSite("search/engine/pagefind.js")).then(async (pagefind) => {
    const basePath = inSite("search/engine/").pathname;
    const instance = pagefind.createInstance({ basePath, noWorker: true });
    await instance.init();
    // Weights decide, added up; how long an episode is does not.
    const ranking = { termFrequency: 0, pageLength: 0, termSaturation: 2, termSimilarity: 1 };
    await instance.options({ ranking });
    return instance;
  });
  started.catch(() => (started = null)); // a connection may come back
  return started;
}

const loaded = new Map();

function load(name) {
  if (!loaded.has(name)) {
    const asked = fetch(inSite(`search/text/${name}.zlib`)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
      const packed = (await answer.blob()).stream();
      return new Response(packed.pipeThrough(new DecompressionStream("deflate"))).json();
    });
    asked.catch(() => loaded.delete(name));
    loaded.set(name, asked);
  }
  return loaded.get(name);
}

const partsOf = (text) => text.split(/[ \u200b]/u);
const core = (word) => plain(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
const lastBefore = (starts, place) => starts.findLastIndex((start) => start <= place);

/** The notes, how many words they begin with that the summary says, and how far `back` it says them. */
function saidTwice({ parts }) {
  const [summary, notes] = ["summary", "notes"].map((field) => parts.find((part) => part.in === field && !part.label));
  if (!summary || !notes) return {};
  const [brief, full] = [summary, notes].map((part) => partsOf(part.text));
  const other = full.findIndex((word, place) => word !== brief[place]);
  return { notes, said: other < 0 ? full.length : other, back: notes.at - summary.at };
}

/** Where in an episode it was found: a field's text, or a moment of the transcript, best first. */
async function hitsIn(id, episode, places) {
  const starts = episode.parts.map((part) => part.at);
  const end = episode.transcript[0] ?? Infinity;
  const { notes, said, back } = saidTwice(episode);
  const again = (place) => place >= notes?.at && place < notes.at + said && places.includes(place - back);
  const groups = new Map();
  for (const place of places) {
    if (again(place)) continue;
    const part = place < end ? episode.parts[lastBefore(starts, place)] : "transcript";
    groups.set(part, [...(groups.get(part) ?? []), place]);
  }
  const rank = (part) => FIELDS.indexOf(part === "transcript" ? part : part.in);
  const found = [...groups].sort(
    ([one, ones], [other, others]) => rank(one) - rank(other) || others.length - ones.length,
  );
  const title = found[0]?.[0].in === "title" ? found.shift()[1] : [];
  const hits = found.slice(0, 2).map(([part, at]) => (part === "transcript" ? moment(id, episode, at) : hit(episode, part, at, part === notes ? said : 0)));
  return { title, hits: await Promise.all(hits) };
}

function hit(episode, part, places, said) {
  const { source } = part;
  const known = episode.parts.find((one) => one.in === "source" && one.source === source);
  const at = source && figure(source);
  const labels = {
    summary: say("in_summary"),
    notes: say("in_notes"),
    source: say("source_number", { n: at }),
    author: say("in_author", { n: at }),
    id: say("in_id", { n: at }),
    alias: source ? say("in_source_alias", { n: at }) : say("in_alias"),
  };
  return {
    label: part.label ?? labels[part.in],
    to: part.to ?? (source ? `#source-${source}` : ""),
    at: /^#t=/.test(part.to ?? "") ? Number(part.to.slice(3)) : null,
    text: part.text,
    language: part.language,
    places: places.map((place) => place - part.at),
    said,
    about: source && part !== known ? known?.text : "",
    work: source ? episode.works[source] : "",
  };
}

const clock = (time) => {
  const parts = [Math.floor(time / 3600), Math.floor(time / 60) % 60, Math.floor(time) % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  const figures = (least) => new Intl.NumberFormat(document.documentElement.lang || "en", { minimumIntegerDigits: least });
  return shown.map((part, place) => figures(place ? 2 : 1).format(part)).join(":");
};

/** The moment at which most of it is said close together. */
async function moment(id, episode, places) {
  const best = densest(places);
  const piece = lastBefore(episode.transcript, best);
  const cues = await load(`${id}-${piece}`);
  const texts = cues.map(([, text]) => text);
  let place = episode.transcript[piece];
  const began = cues.map(([, text]) => {
    const here = place;
    place += partsOf(text).length;
    return here;
  });
  const time = cues[lastBefore(began, best)][0];
  return {
    label: time === null ? say("transcript") : say("in_transcript", { clock: clock(time) }),
    to: time === null ? "" : `#t=${Math.floor(time)}`,
    at: time === null ? null : Math.floor(time),
    text: texts.join(" "),
    language: episode.spoken,
    places: places.map((one) => one - episode.transcript[piece]),
    first: best - episode.transcript[piece],
  };
}

/** The place from which on an excerpt shows most of what was found. */
function densest(places) {
  const seen = (from) => places.filter((place) => place >= from && place < from + WINDOW - 6).length;
  return places.reduce((best, place) => (seen(place) > seen(best) ? place : best), places[0]);
}

/** Words of what was asked that are in no episode at all; the engine passes over those. */
function unknown(asked, found) {
  const near = (word) => {
    // Endings of one word differ: `quantization` is found in `quantize`.
    const ending = word.length > 9 ? 5 : 4;
    const enough = /\d/.test(word) ? word.length : Math.min(word.length, Math.max(3, word.length - ending));
    const start = core(word).slice(0, enough).replace(/[^\p{L}\p{N}]/gu, "");
    return found.some((one) => {
      const whole = one.replace(/[^\p{L}\p{N}]/gu, "");
      const pieces = one.split(/[^\p{L}\p{N}]+/u);
      return [whole, ...pieces].some((piece) => fold(piece).startsWith(fold(start)));
    });
  };
  return asked.split(" ").filter((word) => core(word) && !near(word));
}

const fold = (word) => word.normalize("NFD").replace(/\p{M}/gu, "");

// ---- the page

/** An element; texts are texts, whatever an episode is called. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A text with what was found marked, cut to where it was found when `cut`, if it can be behind what is `said` already. */
function* marked(text, words, { cut = false, first, said = 0 } = {}) {
  const pieces = text.split(/([ \u200b])/u); // a word, what is between, a word, …
  const count = (pieces.length + 1) / 2;
  const from = cut ? Math.max(0, Math.min(first - 6, Math.max(said, count - WINDOW))) : 0;
  const to = cut ? Math.min(count, from + WINDOW) : count;
  if (from > 0) yield "… ";
  for (let place = from; place < to; place += 1) {
    const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(pieces[2 * place]);
    yield before;
    yield word && words.has(core(word)) ? element("mark", {}, word) : word;
    yield after;
    if (place + 1 < to && pieces[2 * place + 1] === " ") yield " ";
  }
  if (to < count) yield " …";
}

function row(episode, title, hits, named) {
  const words = new Set();
  const entitled = episode.parts.find((part) => part.in === "title");
  const heading = entitled?.text ?? episode.title;
  /** The attribute of a text in another language than the page. */
  const lang = (text) => text?.language && { lang: text.language };
  for (const [text, places] of [[heading, title], ...hits.map((one) => [one.text, one.places])]) {
    const all = partsOf(text);
    for (const place of places) words.add(core(all[place] ?? ""));
  }
  words.delete("");
  const address = inSite(episode.url);
  const play = (at) => {
    const { url, place, seconds } = episode.plays;
    const label = at === null ? say("play_title", { title: heading.replaceAll("\u200b", "") }) : say("play_at", { clock: clock(at) });
    const held = { "data-plays": new URL(url, home).href, "data-key": place, ...(seconds && { "data-seconds": seconds }), ...(at !== null && { "data-at": at }) };
    return element("button", { type: "button", class: at === null ? "play-button" : "play-moment", "aria-label": label, ...held });
  };
  const plays = episode.plays && document.querySelector("[data-player]");
  const lines = hits.map((one) => {
    const label = one.to
      ? element("a", { href: address.href + one.to }, one.label)
      : one.label;
    const button = plays && typeof one.at === "number" ? [play(one.at), " "] : [];
    const text = [...marked(one.text, words, { cut: true, first: one.first ?? densest(one.places), said: one.said })];
    const excerpt = one.language ? [element("span", lang(one), ...text)] : text;
    if (one.about) excerpt.push(" · ", one.about.replaceAll("\u200b", ""));
    if (one.work) {
      const all = element("a", { href: inSite(one.work).href, class: "all" }, say("all_on_work"));
      excerpt.push(" ", all);
    }
    return element("li", {}, ...button, element("span", { class: "field" }, label), " ", element("span", {}, ...excerpt));
  });
  if (!hits.length) {
    const lead = episode.parts.find((part) => part.in === "summary" || part.in === "notes");
    const text = lead ? [...marked(lead.text, words, { cut: true, first: 0 })] : [];
    const field = named ? [element("span", { class: lead ? "field" : "aside" }, say("in_title")), " "] : [];
    lines.push(element("li", {}, ...field, element("span", { ...lang(lead) }, ...text)));
  }
  const mark = episode.mark ? [" ", element("b", { class: "badge" }, episode.mark)] : [];
  return element(
    "li",
    { class: "search-result", "data-entry": "" },
    element("span", { class: "date" }, episode.date),
    element(
      "div",
      { class: "row-body" },
      ...(plays ? [element("span", { class: "row-media" }, play(null)), " "] : []),
      element("a", { class: "title", href: address.href, ...lang(entitled) }, ...marked(heading, words)),
      ...mark,
      element("ul", { role: "list", class: "search-matches" }, ...lines),
    ),
  );
}

/**
 * A field and what it finds, in `place`; `told` hears what is asked for, `shown` what came of it.
 * `chosen` has the facets that are chosen; without it there are none.
 */
function finder(place, told = () => {}, shown = () => {}, chosen = null) {
  const field = element("input", {
    type: "search",
    name: "q",
    id: "finder",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    placeholder: say("search_example"),
  });
  const status = element("p", { class: "muted", role: "status" });
  const list = element("ol", { class: "search-results", role: "list", "aria-label": say("found") });
  const more = element("button", { type: "button", hidden: "" }, say("show_more"));
  const further = element("button", { type: "button", class: "further", hidden: "" });
  const label = element("label", { for: "finder" }, say("search_label"));
  const narrow = element("button", { type: "button", class: "narrow", "aria-expanded": "false" }, say("narrow"));
  const panel = element("div", { class: "facets", hidden: "", role: "group", "aria-label": say("narrow") });
  const picked = element("ul", { role: "list", class: "chosen-facets" });
  const choice = chosen ? [narrow, panel, picked] : [];
  const form = element("form", { role: "search", action: inSite("search/").href }, label, field, ...choice, status);
  place.append(form, list, more, further);

  let soon = 0;
  let turn = 0;
  let results = [];
  let maybe = [];
  let found = null; // the last answer
  let offered = null; // the facets, once somebody opened them

  /** Show the next results; what a newer question overtakes is dropped. */
  async function show(mine, most = list.children.length + SHOWN) {
    const next = results.slice(list.children.length, most);
    const rows = await Promise.all(
      next.map(async ({ id, words }) => {
        const episode = await load(id);
        const places = (found.phrases.length && (await (await helped()).placesOf(found.phrases, id))) || words;
        const { title, hits } = await hitsIn(id, episode, places);
        return row(episode, title, hits, places.length > 0);
      }),
    );
    if (mine !== turn) return;
    list.append(...rows);
    more.hidden = list.children.length >= results.length;
    further.hidden = !maybe.length;
    if (maybe.length) further.textContent = counted("look_further", maybe.length);
  }

  /** The answer to a text; a word that no episode has is asked for as it may have been meant. */
  async function answer(text) {
    const help = await helped();
    const first = await help.find(text, chosen ?? {});
    const missing = await notFound(first);
    if (!missing.length) return { ...first, missing: first.missing ? [first.missing] : [] };
    const meant = await Promise.all(missing.map((word) => help.spelled(word)));
    if (meant.some(Boolean) && !first.phrases.length) {
      const other = missing.reduce((asked, word, n) => (meant[n] ? replaced(asked, word, meant[n]) : asked), text);
      const second = other === text ? { results: [] } : await help.find(other, chosen ?? {});
      if (second.results.length && !(await notFound(second)).length) return { ...second, missing: [], meant: other };
    }
    const words = first.words.split(" ");
    const lost = missing.some((word) => /\d/.test(word)) || missing.length === words.length;
    return { ...first, missing, results: lost ? [] : first.results };
  }

  const replaced = (text, word, other) =>
    text.split(/(\s+)/u).map((piece) => (query(piece) === word ? other : piece)).join("");

  async function ask() {
    clearTimeout(soon);
    const text = field.value.trim();
    const mine = ++turn;
    const some = Object.values(chosen ?? {}).some((values) => values.length);
    further.disabled = false;
    told(text);
    paintChosen();
    if (!query(text) && !some) {
      [results, maybe, found] = [[], [], null];
      list.replaceChildren();
      more.hidden = further.hidden = true;
      status.textContent = "";
      offered?.paint(null);
      return shown(0);
    }
    const slow = setTimeout(() => mine === turn && (status.textContent = say("search_now")), 400);
    try {
      const next = await answer(text);
      if (mine !== turn) return;
      found = next;
      ({ results, maybe } = next);
      list.replaceChildren();
      more.hidden = further.hidden = true;
      await show(mine);
      // A phrase that only transcripts can have is looked for in the likeliest, and until one has it.
      if (mine === turn && maybe.length) await lookFurther(mine, navigator.connection?.saveData ? 0 : READ);
      if (mine !== turn) return;
      shown(results.length);
      tell(text);
      offered?.paint(results.map(({ id }) => id), (facet) => others(text, facet));
    } catch (error) {
      console.error(error);
      if (mine !== turn) return;
      status.replaceChildren(say("search_failed"), " ", everything());
    } finally {
      clearTimeout(slow);
    }
  }

  /** What is found with every facet but one. */
  async function others(text, facet) {
    const { results: all } = await (await helped()).find(found.meant ?? text, { ...chosen, [facet]: [] });
    return all.map(({ id }) => id);
  }

  /** Read the transcripts that may have the phrases: so many, and on until there is a result. */
  async function lookFurther(mine, many) {
    const enough = maybe.length - many;
    further.disabled = true;
    // Another question ends this, and so does closing the dialog.
    while (maybe.length && (maybe.length > enough || !results.length) && field.offsetParent) {
      const { found: fresh, left } = await (await helped()).look(maybe, found.phrases);
      if (mine !== turn) return;
      results = [...results, ...fresh];
      maybe = left;
      await show(mine, SHOWN);
    }
    if (mine === turn) further.disabled = false;
  }

  /** Say what was found, and of what was asked for there is nothing. */
  function tell(text) {
    const { missing, meant } = found;
    if (results.length && meant) {
      status.textContent = counted("n_found_instead", results.length, { meant: quoted(meant), typed: quoted(text) });
    } else if (results.length) {
      const label = missing.length ? "n_found_without" : "n_episodes";
      status.textContent = counted(label, results.length, { words: missing.map(quoted).join(say("comma")) });
    } else {
      const words = text || Object.entries(chosen).flatMap(([facet, values]) => values.map((value) => says(facet, value))).join(say("comma"));
      status.replaceChildren(say("nothing_found", { words: quoted(words) }), " ", everything());
    }
  }

  /** The words that are in no episode, judged by the best result; all of them where there is none. */
  async function notFound({ results: all, words: asked, phrases }) {
    if (!asked) return [];
    if (!all.length) return phrases.length ? [] : asked.split(" ");
    const { id, words } = all[0];
    const episode = await load(id);
    const { title, hits } = await hitsIn(id, episode, words);
    const heading = episode.parts.find((part) => part.in === "title")?.text ?? "";
    const texts = episode.parts.flatMap((part) => partsOf(part.text));
    const seen = words.map((place) => texts[place]).filter(Boolean).map(core);
    seen.push(...title.map((place) => core(partsOf(heading)[place] ?? "")));
    for (const one of hits) seen.push(...one.places.map((at) => core(partsOf(one.text)[at] ?? "")));
    return unknown(asked, seen);
  }

  // ---- facets

  function paintChosen() {
    const all = Object.entries(chosen ?? {}).flatMap(([facet, values]) => values.map((value) => [facet, value]));
    picked.replaceChildren(
      ...all.map(([facet, value]) => {
        const name = says(facet, value);
        const button = element("button", { type: "button", "aria-label": say("remove_facet", { name }) }, name);
        button.addEventListener("click", () => {
          chosen[facet] = chosen[facet].filter((one) => one !== value);
          ask();
          field.focus();
        });
        return element("li", {}, button);
      }),
    );
  }

  async function openFacets() {
    narrow.setAttribute("aria-expanded", String(panel.hidden));
    panel.hidden = !panel.hidden;
    if (offered || panel.hidden) return;
    narrow.disabled = true;
    try {
      const { facets } = await import(inSite(said.scripts.facets));
      const values = await (await helped()).facets();
      offered = facets(panel, { names: said.facets, says, say: counted, figure, element, values, chosen, changed: ask, repaint });
      await repaint();
    } catch (error) {
      console.error(error);
      status.replaceChildren(say("search_failed"), " ", everything());
    } finally {
      narrow.disabled = false;
    }
  }
  const repaint = () => offered.paint(found && results.map(({ id }) => id), (facet) => others(field.value.trim(), facet));
  narrow.addEventListener("click", openFacets);
  further.addEventListener("click", async () => {
    const before = list.children.length;
    const mine = turn;
    await lookFurther(mine, READ);
    if (mine === turn && list.children.length === before) await show(mine);
    if (mine !== turn) return;
    tell(field.value.trim());
    list.children[before]?.querySelector("a").focus();
  });

  field.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(ask, WAIT);
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    await show(turn);
    list.children[before]?.querySelector("a").focus();
  });
  place.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      (links[at + 1] ?? links[at]).focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (links[at - 1] ?? field).focus();
    } else if (event.key === "Escape" && at >= 0) {
      field.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  return { field, form, ask, openFacets, first: () => list.querySelector("a")?.focus() };
}

// ---- the search page and the list of all episodes: the address says what is asked, and can be shared

const place = document.querySelector("[data-finder]");
let onPage = null;
if (place) {
  const title = document.title;
  const chosen = {};
  let asked = location.search;
  /** What the address asks for, in the field and among the facets. */
  const read = () => {
    const given = new URLSearchParams(location.search);
    onPage.field.value = given.get("q") ?? "";
    for (const facet of FACETS) chosen[facet] = given.getAll(facet);
    asked = location.search;
  };
  const told = (text) => {
    const address = new URL(location.href);
    const wanted = new URLSearchParams(text ? { q: text } : {});
    for (const facet of FACETS) for (const value of chosen[facet] ?? []) wanted.append(facet, value);
    const before = new URLSearchParams(asked);
    before.delete("q");
    const after = new URLSearchParams(wanted);
    after.delete("q");
    address.search = wanted;
    // A facet is a step that the back button takes back; a letter more is not.
    if (address.search !== location.search) history[String(before) === String(after) ? "replaceState" : "pushState"](null, "", address);
    asked = address.search;
    document.title = text ? `${text} · ${title}` : title;
  };
  // Topics are there as long as nothing is found; the list of all episodes as long as nothing is asked.
  const browse = document.querySelector("[data-browse]");
  const listed = browse?.querySelector("[data-rows]");
  onPage = finder(place, told, (count) => browse && (browse.hidden = count > 0 || Boolean(listed && location.search)), chosen);
  read();
  addEventListener("popstate", () => {
    read();
    onPage.ask();
  });
  onPage.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await onPage.ask();
    onPage.first();
  });
  if (location.search) onPage.ask();
}

/** Open the facets of this page: the list of all episodes asks. */
export async function narrow() {
  await onPage.openFacets();
  place.querySelector(".facets summary")?.focus();
}

// ---- from any other page: a dialog; Enter in its field leads to the search page

let dialog = null;
let inDialog = null;

/** Ask the reader what to find; `typed` is what came before there was a field. */
export function open(typed = "") {
  if (onPage) return begin(onPage, typed);
  if (!dialog) {
    const close = element("button", { type: "button", class: "close" }, say("close"));
    const box = element("div", { class: "search-box" });
    dialog = element("dialog", { class: "search-dialog", "aria-label": say("searching") }, close, box);
    document.body.append(dialog);
    inDialog = finder(box);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault(); // else the browser empties the field first
      dialog.close();
    });
    // A moment or a source of this very page: the way there is free.
    box.addEventListener("click", (event) => event.target.closest("a, [data-plays]") && dialog.close());
  }
  if (!dialog.open) dialog.showModal();
  begin(inDialog, typed);
}

function begin({ field, ask }, typed) {
  if (typed) {
    field.value = typed;
    field.focus();
    ask();
  } else {
    field.select();
  }
}
