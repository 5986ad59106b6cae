// Point at an episode or a work, or walk with the arrow keys: what it is connected with stays
// while the rest steps back. Without script every node is a link.
const find = (selector) => document.querySelector(selector);
const figure = (number) => number.toLocaleString(document.documentElement.lang || "en");
const [picture, form, telling] = ["picture", "picking", "telling"].map((name) => find(`[data-${name}]`));
const { mentions, works, topics, words } = JSON.parse(find("[data-map]").textContent);
const all = (kind) => [...picture.querySelectorAll(kind)];
const episodeNodes = all(".node");
const nodes = [...episodeNodes, ...all(".lane")]; // a node is known by its place here
const first = episodeNodes.length;

// ---- who is connected with whom

const mentioned = episodeNodes.map(() => []);
mentions.forEach((named, a) => named.forEach((b) => mentioned[b].push(a)));
const shares = episodeNodes.map(() => []);
works.forEach((episodes, work) => episodes.forEach((a) => shares[a].push(work)));
const lanesOf = (a) => shares[a].map((work) => first + work).filter((one) => nodes[one]);
const around = (place) => {
  if (place >= first) return works[place - first];
  const others = shares[place].flatMap((work) => works[work]);
  const met = new Set([...lanesOf(place), ...mentions[place], ...mentioned[place], ...others]);
  met.delete(place);
  return [...met];
};

// ---- what is shown: what is pointed at, else what was picked, else a topic

let pointed = -1;
let picked = -1;
let topic;
const own = find(".own");
const height = (a) => {
  const drawn = episodeNodes[a].querySelector("circle, rect");
  const [y, tall, middle] = ["y", "height", "cy"].map((name) => Number(drawn.getAttribute(name)));
  return middle || y + tall / 2;
};
const arc = (a, b) => {
  const [top, bottom] = [height(a), height(b)].sort((x, y) => x - y);
  const x = 100 - (388 / 3) * Math.min(1, (bottom - top) / find(".arcs").dataset.span) ** 0.6;
  return `M100 ${top}C${x} ${top} ${x} ${bottom} 100 ${bottom}`;
};
const said = (node) => node.querySelector("title").textContent.split("\n");
const make = (name, told) => Object.assign(document.createElement(name), told);
const tell = (word, links) => {
  if (!links.length) return;
  const line = telling.appendChild(make("p", { className: "fact" }));
  line.append(make("b", { textContent: word }));
  links.slice(0, 5).forEach((node, place) => {
    const { value: lang } = node.closest("[lang]").attributes.lang;
    line.append(place ? words.comma : " ", make("a", { href: node.href.baseVal, textContent: said(node)[0], lang }));
  });
  if (links.length > 5) line.append(words.comma, words.more.replace("{n}", figure(links.length - 5)));
};
const within = () => {
  const shared = (episodes) => episodes.filter((a) => topic.includes(a)).length > 1;
  return topic ? [...topic, ...works.flatMap((work, place) => (shared(work) ? first + place : []))] : [];
};
const show = () => {
  const at = pointed < 0 ? picked : pointed;
  const near = at < 0 ? within() : around(at);
  const on = new Set(near).add(at);
  picture.classList.toggle("picked", at >= 0 || !!topic);
  nodes.forEach((node, place) => {
    node.classList.toggle("on", on.has(place));
    node.classList.toggle("at", place === at);
  });
  const pairs =
    at < 0
      ? (topic ?? []).flatMap((a) => mentions[a].filter((b) => on.has(b)).map((b) => [a, b]))
      : [...(mentions[at] ?? []), ...(mentioned[at] ?? [])].map((b) => [at, b]);
  own.setAttribute("d", pairs.map((pair) => arc(...pair)).join(""));
  telling.textContent = at < 0 && topic ? words.shown.replace("{n}", figure(topic.length)).replace("{all}", figure(first)) : "";
  if (at < 0) return;
  const links = (places) => places.map((place) => nodes[place]);
  tell(said(nodes[at])[1], links([at]));
  tell(words.episodes, at < first ? [] : links(near));
  if (at >= first) return;
  tell(words.mentions, links(mentions[at]));
  tell(words.mentioned, links(mentioned[at]));
  tell(words.shares, links(lanesOf(at)));
  tell("", [nodes[at].nextElementSibling].filter((next) => next?.matches(".play")));
};

// ---- picking: Tab reaches one node, the arrow keys the others

let reached = 0;
const reach = (place) => {
  nodes[reached].setAttribute("tabindex", -1);
  nodes[(reached = place)].setAttribute("tabindex", 0);
};
const pick = (place) => {
  picked = place;
  if (place >= 0) reach(place);
  if (form.work) form.work.value = place < first ? "" : place - first;
  show();
};
const clear = () => {
  topic = null;
  pointed = -1;
  if (form.topic) form.topic.value = "";
  if (location.hash) history.replaceState(null, "", location.pathname);
  pick(-1);
};
const follow = () => {
  const place = episodeNodes.findIndex((node) => encodeURI(`#${node.id}`) === location.hash);
  if (place < 0) return;
  pick(place);
  nodes[place].scrollIntoView({ block: "center" });
  nodes[place].focus({ preventScroll: true });
};
const later = (place, by) => {
  let next = place + by;
  while (episodeNodes[next] && topic && !topic.includes(next)) next += by;
  return nodes[next] && next < first === place < first ? next : place;
};
const beside = (place, by) => {
  const ring = [picked, ...around(picked)];
  return ring[(Math.max(0, ring.indexOf(place)) + by + ring.length) % ring.length];
};
const keys = { ArrowDown: [later, 1], ArrowUp: [later, -1], ArrowRight: [beside, 1], ArrowLeft: [beside, -1] };
const placeOf = (event) => nodes.indexOf(event.target.closest?.("a"));
const on = (kind, react) => picture.addEventListener(kind, (event) => react(event, placeOf(event)));

let walking = false;
on("focusin", (_, place) => {
  if (place >= 0) (walking ? reach : pick)(place);
});
on("keydown", (event, place) => {
  const [way, by] = keys[event.key] ?? [];
  if (!way || place < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (picked < 0) pick(place);
  walking = way === beside;
  nodes[way(place, by)].focus();
  walking = false;
});
on("pointerover", (event, place) => {
  if (event.pointerType !== "mouse" || place === pointed || telling.contains(event.target)) return;
  pointed = place;
  show();
});
on("pointerleave", () => {
  pointed = -1;
  show();
});
// A finger cannot point: the first touch picks, the second opens.
let touched = -1;
on("pointerdown", (event, place) => {
  touched = event.pointerType === "mouse" || place === picked ? -1 : place;
});
on("click", (event, place) => {
  if (touched < 0 || touched !== place) return;
  event.preventDefault();
  pick(place);
});
form.addEventListener("change", ({ target }) => {
  const { name, value } = target;
  if (name === "topic") topic = topics[value];
  pick(name === "work" && value ? first + Number(value) : -1);
});
form.addEventListener("reset", clear);
addEventListener("keydown", (event) => event.key === "Escape" && clear());
addEventListener("hashchange", follow);
for (const node of [...nodes, ...all(".play")]) node.setAttribute("tabindex", -1);
reach(0);
form.hidden = false;
follow();
