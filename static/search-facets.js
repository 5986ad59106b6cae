// Facets: what the results can be narrowed by, with counts. `search.js` loads this when somebody opens them.

const SHOWN = 12; // values of a facet at once

/**
 * The facets in `place`. `names` are the facets by what they are called, in their order; `values` have the
 * values of each with the ids of their episodes; `chosen` is what is chosen, by facet; `changed` hears of a change.
 */
export function facets(place, { names, says, say, figure, element, values, chosen, changed, repaint }) {
  const byNumber = ([one], [other]) => Number(other) - Number(one);
  const groups = Object.keys(names)
    .filter((facet) => values.has(facet))
    .map((facet) => {
      const ordered = [...values.get(facet)];
      if (facet === "year" || facet === "season") ordered.sort(byNumber);
      const list = element("ul", { role: "list" });
      const more = element("button", { type: "button", class: "more-values", hidden: "" });
      const summary = element("summary", {}, names[facet]);
      const box = element("details", { class: "facet", name: "facet" }, summary, element("div", {}, list, more));
      return { facet, ordered, list, more, box, whole: false, boxes: new Map() };
    });

  const option = (group, value) => {
    const input = element("input", { type: "checkbox", name: group.facet, value });
    const count = element("span", { class: "count" });
    const item = element("li", {}, element("label", {}, input, " ", element("span", {}, says(group.facet, value)), " ", count));
    input.checked = chosen[group.facet]?.includes(value) ?? false;
    input.addEventListener("change", () => {
      const some = new Set(chosen[group.facet] ?? []);
      if (input.checked) some.add(value);
      else some.delete(value);
      chosen[group.facet] = [...some];
      changed();
    });
    return { item, input, count };
  };

  /** The values that are on show, each with its number among `found`: ids, or all episodes where it is null. */
  async function paint(found, without) {
    for (const group of groups) {
      const some = chosen[group.facet] ?? [];
      const wanted = group.ordered.filter(([value], place) => group.whole || place < SHOWN || some.includes(value));
      // What would be found if this facet were not asked for: a second value of it adds to the first.
      const among = some.length ? await without(group.facet) : found;
      for (const [value, ids] of wanted) {
        if (!group.boxes.has(value)) {
          group.boxes.set(value, option(group, value));
          group.list.append(group.boxes.get(value).item);
        }
        const { input, count } = group.boxes.get(value);
        const here = among ? among.reduce((sum, id) => sum + ids.has(id), 0) : ids.size;
        count.textContent = figure(here);
        input.checked = some.includes(value);
        input.disabled = !here && !input.checked;
      }
      group.box.classList.toggle("is-chosen", some.length > 0);
      group.more.hidden = wanted.length === group.ordered.length;
      group.more.textContent = say("all_values", group.ordered.length);
    }
  }

  for (const group of groups) {
    group.more.addEventListener("click", () => {
      group.whole = true;
      repaint();
    });
  }
  place.append(...groups.map(({ box }) => box));
  // One is open at a time also where a browser does not know `name` on `details`; Escape and a click beside close it.
  const close = (but) => groups.forEach(({ box }) => box !== but && (box.open = false));
  for (const { box } of groups) box.addEventListener("toggle", () => box.open && close(box));
  document.addEventListener("click", (event) => event.target.closest(".facet") ?? close());
  place.addEventListener("keydown", (event) => {
    const open = event.target.closest(".facet[open]");
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
    open.querySelector("summary").focus();
  });
  return { paint };
}
