"use strict";
(() => {
  const form = document.getElementById("find");
  const box = document.getElementById("find-words");
  const said = document.getElementById("find-said");
  const hits = document.getElementById("find-hits");
  const folder = box.dataset.search;
  form.hidden = false;

  // An atlas that is one file holds its index.
  const held = document.getElementById("search-data");
  const inside = (name) => {
    const index = JSON.parse(held.textContent);
    if (name === "index.js") journeysSearch.begin(index.tables, index.parts.length);
    const part = /^index-(\d+)\.js$/.exec(name);
    if (part) journeysSearch.part(index.parts[part[1] - 1]);
  };

  const script = (name) =>
    held ? inside(name) : new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = folder + name;
      made.onload = done;
      made.onerror = failed;
      document.head.append(made);
    });

  // What is searched lies beside the pages, and is read when somebody goes to the box.
  let asked = false;
  const start = async () => {
    if (asked) return;
    asked = true;
    hits.setAttribute("aria-busy", "true");
    try {
      await script("search.js");
      await journeysSearch.start(script);
    } catch {
      asked = false;
      said.textContent = "The search index is not beside this page. Open the page inside the folder of its atlas.";
    }
    hits.setAttribute("aria-busy", "false");
  };
  box.addEventListener("focus", start);
  box.addEventListener("input", start);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
