"use strict";
(() => {
  const root = document.documentElement;
  const choice = document.getElementById("colours");
  const pick = choice.querySelector("select");
  choice.hidden = false;
  pick.value = root.dataset.theme ?? "";
  pick.addEventListener("change", () => {
    if (pick.value) root.dataset.theme = pick.value;
    else delete root.dataset.theme;
    try {
      if (pick.value) localStorage.setItem("evidence-journeys-colours", pick.value);
      else localStorage.removeItem("evidence-journeys-colours");
    } catch {}
    dispatchEvent(new Event("colours"));
  });

  // On paper nothing is folded away.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((each) => (each.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((each) => (each.open = false)));
})();
