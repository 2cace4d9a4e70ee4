"use strict";
// The period that is chosen, which the network asks for: what may lie in it, and what certainly does.
window.networkPeriod = (() => {
  const held = document.getElementById("network-data");
  const periods = held ? JSON.parse(held.textContent).periods : [];
  const form = document.getElementById("period");
  const whole = { chosen: false, possibly: () => true, certainly: () => true, listen: () => {} };
  if (!form || periods.length < 2) return whole; // of a single step there is nothing to choose
  const [from, to] = [document.getElementById("period-from"), document.getElementById("period-to")];
  const play = document.getElementById("play");
  const said = document.getElementById("period-said");
  const last = periods.length - 1;
  const STEP = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1200 : 700;
  let changed = () => {};
  let running;

  const period = {
    chosen: false,
    // A claim has no "at" where no date is known, and "" in it where an end is open.
    possibly: ({ at }) => at !== undefined && (!at[0] || at[0] <= period.last) && (!at[1] || at[1] >= period.first),
    certainly: ({ at }) => at !== undefined && at[0] !== "" && at[1] !== "" && at[0] >= period.first && at[1] <= period.last,
    listen: (listener) => (changed = listener),
  };

  const words = () =>
    from.value === to.value ? periods[from.value].words : `${periods[from.value].words} to ${periods[to.value].words}`;

  const read = () => {
    // Days begin with the key of their month or year, or lie between two; "~" comes after every sign of a day.
    period.first = periods[from.value].key;
    period.last = `${periods[to.value].until}~`;
    period.chosen = Number(from.value) > 0 || Number(to.value) < last;
    said.textContent = period.chosen ? words() : `All of it: ${words()}, and what has no date`;
    for (const slider of [from, to]) slider.setAttribute("aria-valuetext", periods[slider.value].words);
  };
  const moved = () => {
    read();
    changed();
  };
  const stop = () => {
    clearInterval(running);
    running = undefined;
    play.textContent = "Play";
  };

  from.max = to.max = to.value = last;
  from.addEventListener("input", () => {
    if (Number(from.value) > Number(to.value)) to.value = from.value;
    moved();
  });
  to.addEventListener("input", () => {
    if (Number(to.value) < Number(from.value)) from.value = to.value;
    moved();
  });
  // The window keeps its length and moves on; of all the time there is, it grows from the first step.
  play.addEventListener("click", () => {
    if (running) return stop();
    play.textContent = "Pause";
    const grows = !period.chosen || Number(from.value) === 0;
    if (Number(to.value) === last) {
      to.value = grows ? 0 : Number(to.value) - Number(from.value);
      if (!grows) from.value = 0;
      moved();
    }
    running = setInterval(() => {
      if (Number(to.value) === last) return stop();
      to.value = Number(to.value) + 1;
      if (!grows) from.value = Number(from.value) + 1;
      moved();
    }, STEP);
  });
  document.getElementById("all-time").addEventListener("click", () => {
    stop();
    from.value = 0;
    to.value = last;
    moved();
  });

  form.hidden = false;
  read();
  return period;
})();
