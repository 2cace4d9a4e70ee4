"use strict";
(() => {
  const guide = document.querySelector(".guide");
  const stops = [...document.querySelectorAll(".stops > li")];
  const controls = document.querySelector(".controls");
  const button = Object.fromEntries([...controls.querySelectorAll("button")].map((each) => [each.dataset.go, each]));
  const said = document.getElementById("at-stop");
  const maps = [...document.querySelectorAll("svg.map")];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const READ = 55;
  const LEAST = 4000;
  let at = 0;
  let timer = 0;

  // The marks of a stop, on the map that is shown: many steps may share a mark.
  const marksOf = (map, stop) => {
    const steps = new Set(stop.dataset.steps.split(" ").filter(Boolean));
    return [...map.querySelectorAll("a[data-step]")].filter((mark) =>
      [mark.dataset.step, ...(mark.dataset.also || "").split(" ")].some((step) => steps.has(step)));
  };

  const light = (stop) => {
    for (const map of maps) {
      map.querySelectorAll("a[aria-current]").forEach((mark) => mark.removeAttribute("aria-current"));
      const marks = stop ? marksOf(map, stop) : [];
      marks.forEach((mark) => mark.setAttribute("aria-current", "step"));
      map.classList.toggle("dimmed", marks.length > 0);
      const frame = map.closest(".map-frame, .down-frame");
      frame.classList.remove("fit");
      const how = still.matches ? "auto" : "smooth";
      const span = marks.map((mark) => mark.querySelector(".sign").getBoundingClientRect());
      const heads = frame.querySelector(".map-heads")?.offsetWidth ?? 0;
      const wide = Math.max(...span.map((each) => each.right)) - Math.min(...span.map((each) => each.left));
      if (!marks.length || wide > frame.clientWidth - heads - 40) {
        // All of the map in the frame, smaller: where the stop is the whole map, or its marks stand far apart.
        frame.classList.add("fit");
        frame.scrollTo({ left: 0, top: 0 });
      } else if (frame.offsetParent) {
        // The frame alone moves, not the page: the text stays where it is read.
        const box = frame.getBoundingClientRect();
        const middle = (one, other) => (Math.min(...span.map((each) => each[one])) + Math.max(...span.map((each) => each[other]))) / 2;
        const left = middle("left", "right") - box.left - (box.width + heads) / 2;
        frame.scrollBy({ left, top: middle("top", "bottom") - box.top - box.height / 2, behavior: how });
      }
    }
  };

  const pause = () => {
    clearTimeout(timer);
    timer = 0;
    button.play.setAttribute("aria-pressed", "false");
    button.play.textContent = button.play.dataset.play;
  };

  const show = (to, focus, first) => {
    at = Math.max(0, Math.min(stops.length - 1, to));
    stops.forEach((stop, place) => (place === at ? stop.setAttribute("aria-current", "step") : stop.removeAttribute("aria-current")));
    button.back.disabled = at === 0;
    button.on.disabled = at === stops.length - 1;
    said.textContent = `Stop ${at + 1} of ${stops.length}`;
    light(stops[at]);
    if (focus) stops[at].focus({ preventScroll: true });
    if (!first) guide.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    // Not while the page comes up: the browser would scroll past what stands above the stop.
    if (!first) try { history.replaceState(null, "", `#stop-${at + 1}`); } catch { /* a page in a frame keeps its own */ }
  };

  // As long as it takes to read a stop, then the next one; it ends at the last.
  const play = () => {
    const letters = stops[at].querySelectorAll(".told, blockquote");
    const long = [...letters].reduce((sum, part) => sum + part.textContent.length, 0);
    timer = setTimeout(() => {
      if (at === stops.length - 1) return pause();
      show(at + 1);
      play();
    }, Math.max(LEAST, long * READ));
  };

  const all = (shown) => {
    pause();
    guide.classList.toggle("one-stop", !shown);
    button.all.setAttribute("aria-pressed", String(shown));
    if (shown) light(null);
    else show(at);
  };

  controls.hidden = false;
  controls.addEventListener("click", ({ target }) => {
    const go = target.dataset?.go;
    if (!go) return;
    if (go === "all") return all(guide.classList.contains("one-stop"));
    const playing = timer !== 0;
    pause();
    if (!guide.classList.contains("one-stop")) all(false);
    if (go === "back") show(at - 1);
    if (go === "on") show(at + 1);
    if (go === "play" && !playing) {
      if (at === stops.length - 1) show(0);
      button.play.setAttribute("aria-pressed", "true");
      button.play.textContent = button.play.dataset.pause;
      play();
    }
  });

  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    const elsewhere = event.target.closest("input, select, textarea, .map-frame, .down-frame");
    if (!step || elsewhere || event.ctrlKey || event.altKey || event.metaKey || !guide.classList.contains("one-stop")) return;
    event.preventDefault();
    pause();
    show(at + step, true);
  });

  // A mark leads to the stop that stands at it; a mark without one leads nowhere.
  maps.forEach((map) => {
    const ofMark = (mark) => stops.findIndex((stop) => marksOf(map, stop).includes(mark) && stop.dataset.steps);
    map.querySelectorAll("a[data-step]").forEach((mark) => {
      const place = ofMark(mark);
      if (place < 0) mark.removeAttribute("href");
      else mark.setAttribute("href", `#stop-${place + 1}`);
    });
  });

  const named = () => stops.findIndex((stop) => `#${stop.id}` === location.hash);
  addEventListener("hashchange", () => {
    if (named() < 0) return;
    pause();
    guide.classList.add("one-stop");
    show(named());
  });
  guide.classList.add("one-stop");
  show(Math.max(0, named()), false, true);
})();
