// Visualizations run when they are asked for, are as tall as their page, and can be closed again.
const TALLEST = 1400, LEAST = 240; // px
const TOO_OFTEN = 30; // changes of height in a second: no page of ours is that restless
const running = new Set(); // those whose heights are heard
const shown = new Set();
/** Start and close stand in one place, one of them at a time. */
const swap = (figure, started) => {
  figure.querySelector("[data-start]").hidden = started;
  figure.querySelector("[data-stop]").hidden = !started;
};
const highest = () => Math.min(TALLEST, Math.round(innerHeight * 1.5));
const fit = (one, height) => {
  const border = one.frame.offsetHeight - one.frame.clientHeight;
  const tall = Math.max(LEAST, Math.min(highest(), Math.ceil(height)));
  one.frame.style.height = `${tall + border}px`;
  one.longer.hidden = height <= highest();
};

const start = (figure, asked) => {
  if (figure.dataset.embed === "running") return;
  const parts = figure.querySelector("template").content.cloneNode(true);
  const frame = parts.querySelector("iframe");
  const one = { figure, frame, longer: parts.querySelector("[data-longer]"), since: 0, times: 0 };
  const added = [...parts.children];
  one.stop = () => {
    running.delete(one);
    shown.delete(one);
    for (const part of added) part.remove();
    figure.dataset.embed = "";
    swap(figure, false);
    figure.querySelector("[data-start]").focus({ preventScroll: true });
  };
  figure.querySelector("[data-stop]").onclick = one.stop;
  swap(figure, true);
  shown.add(one);
  figure.dataset.embed = "running";
  running.add(one);
  figure.append(parts);
  fit(one, Number(frame.height));
  one.longer.hidden = true;
  if (!asked) return;
  // The way on with the keyboard leads into the page, once it is there to be led into.
  const enter = () => {
    const here = document.activeElement;
    if (here === document.body || here === frame) frame.contentWindow.focus();
  };
  frame.addEventListener("load", enter, { once: true });
  frame.focus({ preventScroll: true });
};

// Escape closes the one that has the focus; inside of a frame of ours the frame says so.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  for (const one of shown) if (one.figure.contains(document.activeElement)) one.stop();
});

// Heights and Escape are heard from frames of ours only, and nothing else they say.
addEventListener("message", (event) => {
  const { type, height } = Object(event.data);
  if (type === "backlist-escape") {
    for (const one of shown) if (one.frame.contentWindow === event.source && !one.frame.dataset.elsewhere) one.stop();
    return;
  }
  if (type !== "backlist-height" || !Number.isFinite(height)) return;
  for (const one of running) {
    if (one.frame.contentWindow !== event.source || one.frame.dataset.elsewhere) continue;
    if (event.timeStamp - one.since > 1000) [one.since, one.times] = [event.timeStamp, 0];
    if (++one.times > TOO_OFTEN) running.delete(one);
    else fit(one, height);
  }
});

const seen = new IntersectionObserver(
  (found) => {
    for (const { isIntersecting, target } of found) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      start(target, false);
    }
  },
  { rootMargin: "200px" },
);
const alone = matchMedia("(prefers-reduced-motion: no-preference) and (min-width: 44rem)");
for (const figure of document.querySelectorAll("[data-embed]")) {
  const button = figure.querySelector("[data-start]");
  button.addEventListener("click", () => start(figure, true));
  button.hidden = false;
  if (figure.dataset.embed === "alone" && alone.matches) seen.observe(figure);
}
