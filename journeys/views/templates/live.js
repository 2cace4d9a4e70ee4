"use strict";
(() => {
  // A page opened from a disk may not read a file, but may run a script: that one says which version there is now.
  const place = document.getElementById("live");
  let known;
  window.journeysLive = (version, words) => {
    place.textContent = words;
    place.hidden = !words;
    if (known !== undefined && version !== known) {
      try {
        sessionStorage.setItem("evidence-journeys-place", `${location.pathname} ${scrollY}`);
      } catch {}
      location.reload();
    }
    known = version;
  };
  const look = () => {
    const made = document.createElement("script");
    made.src = `${place.dataset.live}version.js?${Date.now()}`;
    made.onload = made.onerror = () => made.remove();
    document.head.append(made);
  };
  try {
    const [path, at] = (sessionStorage.getItem("evidence-journeys-place") ?? "").split(" ");
    if (path === location.pathname) scrollTo(0, Number(at));
    sessionStorage.removeItem("evidence-journeys-place");
  } catch {}
  look();
  setInterval(look, 1500);
})();
