// What a reader asks for: words, "phrases", -words, and topic: guest: year: season: has:, answered by the
// engine, and by the texts where only they can tell. `search.js` loads this with the first question.

const NAMES = { topic: "topic", tag: "topic", guest: "guest", person: "guest", people: "guest", year: "year", season: "season", has: "has" };
const LOOKED = 6; // transcripts read for a phrase in one step
const TOKEN = /(-?)(?:([\p{L}]+):)?(?:["“„«]([^"”“»]*)["”“»]?|(\S+))/gu;

/** What was typed, in parts: `words`, `phrases`, both as `without`, and `facets` by name. */
export function parse(text, names = NAMES) {
  const asked = { words: [], phrases: [], without: [], facets: [], withoutFacets: [] };
  for (const [whole, minus, label, phrase, bare] of text.matchAll(TOKEN)) {
    const facet = label && names[label.toLowerCase()];
    const value = phrase ?? bare;
    if (facet) {
      if (value.trim()) asked[minus ? "withoutFacets" : "facets"].push([facet, value.trim()]);
    } else if (phrase !== undefined && !label) {
      if (phrase.trim()) asked[minus ? "without" : "phrases"].push(phrase.trim());
    } else if (minus && whole.length > 2 && /^[\p{L}\p{N}]/u.test(whole.slice(1))) {
      asked.without.push(whole.slice(1));
    } else {
      asked.words.push(whole);
    }
  }
  return asked;
}

/** Letters to change, to add, to leave out or to swap until one word is the other; `most` is enough to know. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      line[at] = Math.min(last[at] + 1, line[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) line[at] = Math.min(line[at], before[at - 2] + 1);
    }
    if (Math.min(...line) > most) return most + 1;
    [before, last] = [last, line];
  }
  return last[other.length];
}

/** How to ask: `engine` starts the engine, `load` reads a text, `query` and `fold` are the rule of words. */
export function asker({ engine, load, query, fold, partsOf, core, names, says }) {
  const known = { ...NAMES };
  for (const [facet, label] of Object.entries(names)) known[label.toLowerCase()] ??= facet;
  const plainly = (text) => fold(text.normalize("NFKC").toLowerCase());

  let read = null;
  /** The episodes in the order of the engine, and of every facet its values with the episodes that have each. */
  function facets() {
    read ??= Promise.all([engine().then((one) => one.search(null)), load("../facets")]).then(([all, listed]) => {
      const ids = all.results.map(({ id }) => id);
      const members = (gaps) => {
        let place = 0;
        return new Set(gaps.map((gap) => ids[(place += gap)]));
      };
      return new Map(Object.entries(listed).map(([facet, values]) => [facet, new Map(values.map(([value, gaps]) => [value, members(gaps)]))]));
    });
    read.catch(() => (read = null));
    return read;
  }

  /** The values that somebody means: the one of that name, else those that hold every word of it. */
  function meant(values, facet, typed) {
    const all = [...values.keys()];
    const wanted = plainly(typed);
    const called = (value) => [value, says(facet, value)].map(plainly);
    const exactly = all.filter((value) => called(value).includes(wanted));
    if (exactly.length || facet === "year" || facet === "season") return exactly;
    const words = wanted.split(/[\s_+-]+/u).filter(Boolean);
    const begins = (name, word) => name.split(/[\s-]+/u).some((part) => part.startsWith(word));
    return all.filter((value) => called(value).some((name) => words.every((word) => begins(name, word))));
  }

  /** Tests of an id for what is asked for by name and by choice, all of which it has to pass. */
  async function tests(asked, chosen) {
    const picked = Object.entries(chosen).filter(([, some]) => some.length);
    if (!asked.facets.length && !asked.withoutFacets.length && !picked.length) return { all: [] };
    const known = await facets();
    const of = (facet) => known.get(facet) ?? new Map();
    const all = picked.map(([facet, some]) => (id) => some.some((value) => of(facet).get(value)?.has(id)));
    for (const [facet, typed] of asked.facets) {
      const values = meant(of(facet), facet, typed);
      if (!values.length) return { missing: `${facet}:${typed}` };
      all.push((id) => values.some((value) => of(facet).get(value).has(id)));
    }
    for (const [facet, typed] of asked.withoutFacets) {
      const values = meant(of(facet), facet, typed);
      all.push((id) => !values.some((value) => of(facet).get(value).has(id)));
    }
    return { all };
  }

  /** Where each phrase is among an episode's texts, as places of its words; null when one is nowhere. */
  async function placesOf(phrases, id) {
    const episode = await load(id);
    const texts = episode.parts.map((part) => [part.at, part.text]);
    const pieces = await Promise.all(episode.transcript.map((_, n) => load(`${id}-${n}`)));
    // Pieces follow one another, so that a phrase may begin in one and end in the next.
    if (pieces.length) texts.push([episode.transcript[0], pieces.flat().map(([, text]) => text).join(" ")]);
    const found = [];
    for (const phrase of phrases) {
      const places = texts.flatMap(([at, text]) => within(text, phrase).map((place) => at + place));
      if (!places.length) return null;
      const { length } = phrase.split(" ");
      found.push(...places.flatMap((place) => Array.from({ length }, (_, n) => place + n)));
    }
    return found;
  }

  function within(text, phrase) {
    const words = partsOf(text).map((word) => fold(core(word)));
    const wanted = phrase.split(" ").map((word) => fold(core(word)));
    return words.flatMap((_, at) => (wanted.every((word, n) => words[at + n] === word) ? [at] : []));
  }

  /**
   * What is found: `results` as {id, words}, `maybe` those whose transcripts may have the phrases, `words` and
   * `phrases` as they were asked for, and `missing` where nothing is called as a facet says.
   */
  async function find(text, chosen = {}) {
    const asked = parse(text, known);
    const words = query(asked.words.join(" "));
    const phrases = asked.phrases.map(query).filter(Boolean);
    const { all: passes, missing } = await tests(asked, chosen);
    const empty = { results: [], maybe: [], words, phrases, missing };
    if (missing) return empty;
    const one = await engine();
    const search = async (term) => (await one.search(term)).results;
    const idsOf = async (term) => new Set((await search(term)).map(({ id }) => id));
    const out = await Promise.all(asked.without.map(query).filter(Boolean).map((term) => idsOf(`"${term}"`)));
    const [first, ...others] = await Promise.all([words, ...phrases].filter(Boolean).map(search).concat(words || phrases.length ? [] : [search(null)]));
    const rest = others.map((list) => new Map(list.map((found) => [found.id, found.words])));
    const results = first
      .filter(({ id }) => rest.every((map) => map.has(id)) && passes.every((passed) => passed(id)) && !out.some((ids) => ids.has(id)))
      .map(({ id, words: places }) => ({ id, words: [...new Set([...places, ...rest.flatMap((map) => map.get(id))])].sort((a, b) => a - b) }));
    if (!phrases.length) return { ...empty, results };
    const sure = await Promise.all(phrases.map((phrase) => idsOf(`"${phrase}"`)));
    const spoken = (await facets()).get("has")?.get("transcript");
    const certain = ({ id }) => sure.every((ids) => ids.has(id));
    return { ...empty, results: results.filter(certain), maybe: results.filter((found) => !certain(found) && spoken?.has(found.id)) };
  }

  /** Read the transcripts of the next few of `maybe`; those that have every phrase, and whoever is left. */
  async function look(maybe, phrases) {
    const now = maybe.slice(0, LOOKED);
    const places = await Promise.all(now.map(({ id }) => placesOf(phrases, id)));
    const found = now.map(({ id }, n) => places[n] && { id, words: places[n] }).filter(Boolean);
    return { found, left: maybe.slice(LOOKED) };
  }

  let spellings = null;
  /** A word of the archive's names that is spelled nearly so, the more usual first; "" for none. */
  async function spelled(word) {
    const wanted = fold(core(word));
    if (wanted.length < 4 || /\d/.test(wanted)) return ""; // another number is another thing
    spellings ??= load("../names");
    spellings.catch(() => (spellings = null));
    const most = wanted.length < 7 ? 1 : 2;
    let best = ["", most + 1];
    for (const name of await spellings) {
      const away = distance(wanted, name, most);
      if (away && away < best[1]) best = [name, away];
    }
    return best[0];
  }

  return { find, look, spelled, facets, placesOf };
}
