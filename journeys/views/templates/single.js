"use strict";
// Pages of networks in one file: the scripts of each run when it is first shown, and find what is on that page alone.
(() => {
  const alone = (article) => {
    const named = (id) => `${article.id}:${id}`;
    const within = (selector) => selector.replace(/#([\w-]+)/g, (_, id) => `#${CSS.escape(named(id))}`);
    const instead = {
      getElementById: (id) => document.getElementById(named(id)),
      querySelector: (selector) => article.querySelector(within(selector)),
      querySelectorAll: (selector) => article.querySelectorAll(within(selector)),
    };
    return new Proxy(document, {
      get: (held, name) => {
        const value = instead[name] ?? held[name];
        return typeof value === "function" && !(name in instead) ? value.bind(held) : value;
      },
    });
  };
  const draw = () => {
    const article = document.querySelector(".one-file > article:is(:target, :has(:target))");
    if (!article?.dataset.scripts || article.classList.contains("drawn")) return;
    article.classList.add("drawn");
    window.scriptsOfPages[article.dataset.scripts](alone(article), {});
  };
  addEventListener("hashchange", draw);
  addEventListener("load", draw); // only then is it known where the address leads
})();
