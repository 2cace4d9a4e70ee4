"use strict";
const journeysSearch = (() => {
  const AT_ONCE = 40;
  const AROUND = 110;
  // How a heading is searched: not at all, like other words, as a name, as the title of a page with its kind.
  const [NAME, PAGE] = [2, 3];
  const LETTER = "\\p{L}\\p{N}\\p{M}";
  // Scripts that put no spaces between words: a word may begin anywhere.
  const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  const UNSEEN = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]/;
  const TYPED = [
    ["'", "\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07"],
    ['"', "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"],
    ["-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"],
  ];
  const pieces = new Map(TYPED.flatMap(([plain, all]) => [...all].map((sign) => [sign, plain])));
  const PLAIN = /^[ -_a-~]*$/;
  const MARK = /\p{Mn}/u;
  const LAST_ALPHABETIC = 0x530;

  const piece = (sign) => {
    let made = pieces.get(sign);
    if (made === undefined) {
      made = UNSEEN.test(sign) ? "" : sign.normalize("NFKD").toLowerCase().replace(/\u00df/g, "ss").replace(/\u03c2/g, "\u03c3");
      pieces.set(sign, made);
    }
    return made;
  };

  // As names are compared when forms are read: without case, accents, kinds of quotation marks, dashes and spaces.
  // `at`, if given, is filled with the place in the text of each character of the folded text.
  const fold = (text, at) => {
    if (!at && PLAIN.test(text)) return text.toLowerCase().replace(/ {2,}/g, " ");
    let made = "";
    let base = 0;
    let place = 0;
    for (const sign of text) {
      for (const part of piece(sign)) {
        if (MARK.test(part)) {
          if (base && base < LAST_ALPHABETIC) continue;
        } else base = part.codePointAt(0);
        const space = /\s/.test(part);
        if (space && made.endsWith(" ")) continue;
        const kept = space ? " " : part;
        made += kept;
        if (at) for (let unit = 0; unit < kept.length; unit++) at.push(place);
      }
      place += sign.length;
    }
    at?.push(place);
    return made;
  };

  // Words, all of which have to be there, and phrases in quotation marks. A word of three letters or more may be the
  // beginning of a longer one; a phrase is whole once it is closed. `journeys search` reads words so, too
  // (model/search_text.py).
  const WORDS = /[\p{L}\p{N}\p{M}]+/gu;
  const BEGINNING = 3;
  const PLURAL = /^([a-z]{2,}(?:x|ch|sh|ss)(?=es$)|[a-z]{4,}(?=ies$)|[a-z]{3,}[a-hj-rtv-z](?=s$))(?:es|ies|s)$/;
  const terms = (typed) => {
    const found = [];
    for (const [typedSo, phrase, word] of fold(typed.normalize("NFC")).matchAll(/"([^"]*)"?|([^\s"]+)/g)) {
      const said = phrase ?? word;
      const words = said.match(WORDS);
      if (!words) continue;
      const [first, last] = [words[0], words.at(-1)];
      const asked = said.trimEnd().endsWith("*");
      const closed = phrase !== undefined && typedSo.length > phrase.length + 1;
      const goesOn = asked || UNSPACED.test(first) || (!closed && [...last].length >= BEGINNING && !/^\p{N}+$/u.test(last));
      const before = UNSPACED.test(first) ? "" : `(?<![${LETTER}])`;
      const end = `(?![${LETTER}])`;
      const apart = `[^${LETTER}\u00a6]+`; // a broken bar stands between two texts
      // A plural finds the singular.
      const singular = goesOn && !asked ? PLURAL.exec(last)?.[1] : undefined;
      const looked = singular ? [...words.slice(0, -1), singular] : words;
      found.push({
        text: looked[0],
        pattern: new RegExp(before + looked.join(apart) + (singular ? `(?:${last.slice(singular.length)})?` : goesOn ? "" : end), "gu"),
        whole: new RegExp(before + words.join(apart) + (asked ? "" : end), "u"),
      });
    }
    return found;
  };

  const tables = { kinds: [], pages: [], sources: [] };
  const rows = [];
  let parts = 0;
  let whole = false;

  const add = (made) => {
    for (const [kind, page, anchor, heading, text, source, part, also = ""] of made) {
      const [name, weight] = tables.kinds[kind];
      const head = weight === PAGE ? `${heading} \u00a6 ${name}` : heading;
      rows.push({ kind, page, anchor, heading, text, source, part, also, weight, named: weight >= NAME, head: weight ? fold(head) : "", body: fold(also ? `${text} \u00a6 ${also}` : text) });
    }
  };

  const times = (pattern, text) => {
    let number = 0;
    pattern.lastIndex = 0;
    while (number < 4 && pattern.exec(text)) number++;
    return number;
  };

  // How well a row fits: whole words before beginnings of words, then names first, and short texts before long ones.
  const fit = (row, wanted) => {
    let name = 0;
    let words = 0;
    let exact = 1000;
    for (const term of wanted) {
      const inHead = row.head.includes(term.text) ? times(term.pattern, row.head) : 0;
      const inBody = row.body.includes(term.text) ? times(term.pattern, row.body) : 0;
      if (!inHead && !inBody) return 0;
      if (!term.whole.test(row.head) && !term.whole.test(row.body)) exact = 0;
      if (inHead && row.named) name += 6;
      else words += 1 + (inBody || inHead) / 2;
    }
    // The journey of a document before what else is called so.
    if (name && row.weight === PAGE) name += 1;
    return exact + name + words / (1 + Math.log2(1 + row.body.length / 400));
  };

  const search = (typed) => {
    const wanted = terms(typed);
    if (!wanted.length) return { wanted, hits: [] };
    const scores = rows.map((row) => fit(row, wanted));
    // A part of a passage is not listed where the whole passage is found.
    const hits = scores.map((score, at) => [score, at]).filter(([score, at]) => score && !scores[rows[at].part]);
    hits.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    return { wanted, hits: hits.map(([, at]) => rows[at]) };
  };

  // -- what is shown

  const box = document.getElementById("find-words");
  const list = document.getElementById("find-hits");
  const said = document.getElementById("find-said");
  let found = { wanted: [], hits: [] };
  let active = -1;

  const make = (tag, name, ...children) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  };

  // The text with the terms marked: text nodes and <mark> only, whatever the text is.
  const marked = (text, wanted, most) => {
    const at = [];
    const folded = fold(text, at);
    let stretches = [];
    for (const { pattern } of wanted) {
      for (const each of folded.matchAll(pattern)) {
        const [from, to] = [each.index, each.index + each[0].length];
        stretches.push([at[from], Math.max(at[to], at[from] + 1)]);
      }
    }
    stretches.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    stretches = stretches.filter(([from], number) => !stretches.slice(0, number).some(([, end]) => from < end));
    let first = 0;
    let last = text.length;
    if (most && text.length > 2 * most) {
      const start = stretches.length ? stretches[0][0] : 0;
      first = start > most ? text.indexOf(" ", start - most) + 1 : 0;
      if (first > start) first = start;
      last = Math.min(text.length, first + 2 * most);
      const space = text.lastIndexOf(" ", last);
      if (last < text.length && space > first) last = space;
    }
    const made = [first ? "\u2026 " : ""];
    const shown = (from, to) => text.slice(from, to).replaceAll("\u00a6", "\u00b7");
    let place = first;
    for (const [from, to] of stretches) {
      if (from < place || to > last) continue;
      made.push(shown(place, from), make("mark", "", shown(from, to)));
      place = to;
    }
    made.push(shown(place, last), last < text.length ? " \u2026" : "");
    return made;
  };

  // Why a row was found, where what is shown of it does not say: what is recorded of it that holds the words.
  const recorded = ({ also, head, text }) => {
    if (!also) return "";
    const shown = `${head} \u00a6 ${fold(text)}`;
    const unseen = found.wanted.filter(({ pattern }) => !times(pattern, shown));
    return also.split(" \u00a6 ").filter((each) => unseen.some(({ pattern }) => times(pattern, fold(each)))).join(" \u00a6 ");
  };

  const option = (row, at) => {
    const made = make("a", "hit");
    const [page, title] = tables.pages[row.page];
    const [kind, weight] = tables.kinds[row.kind];
    // In an atlas that is one file a page is a place in it.
    made.href = box.dataset.up + page + (row.anchor ? `${page.startsWith("#") ? ":" : "#"}${row.anchor}` : "");
    made.id = `find-hit-${at}`;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    const heading = weight ? marked(row.heading, found.wanted) : [row.heading];
    made.append(make("span", "hit-head", make("b", "", ...(weight === PAGE ? marked(kind, found.wanted) : [kind])), " ", make("bdi", "", ...heading)));
    if (row.text) made.append(make("span", "hit-text", make("bdi", "", ...marked(row.text, found.wanted, AROUND))));
    const why = recorded(row);
    if (why) made.append(make("span", "hit-text", "Also recorded: ", make("bdi", "", ...marked(why, found.wanted, AROUND))));
    const where = row.source >= 0 ? tables.sources[row.source] : title === row.heading ? "" : title;
    if (where) made.append(make("span", "hit-source", make("bdi", "", where)));
    return made;
  };

  const activate = (to) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const now = list.children[active];
    if (!now) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    now.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest" });
  };

  const more = () => {
    const shown = list.childElementCount;
    list.append(...found.hits.slice(shown, shown + AT_ONCE).map((row, number) => option(row, shown + number)));
  };

  const open = (shown) => {
    list.hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (!shown) activate(-1);
  };

  const show = () => {
    const typed = box.value;
    found = search(typed);
    list.replaceChildren();
    activate(-1);
    more();
    list.scrollTop = 0;
    open(found.hits.length > 0);
    const number = found.hits.length;
    const still = whole ? "" : " so far. Reading the index \u2026";
    if (!found.wanted.length) said.textContent = typed.trim() ? "Type a word, or a phrase in quotation marks." : "";
    else if (number || !whole) said.textContent = `${number.toLocaleString("en")} ${number === 1 ? "hit" : "hits"}${still}`;
    else said.textContent = "No hits. Every word has to be there: try fewer words, or the beginning of a word.";
  };

  list.addEventListener("scroll", () => {
    if (list.scrollTop + list.clientHeight > list.scrollHeight - 200) more();
  });
  box.addEventListener("input", show);
  box.addEventListener("focus", () => box.value && list.hidden && show());
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = found.hits.length - 1;
    if (event.key === "Escape") {
      event.preventDefault();
      if (!list.hidden) open(false);
      else {
        box.value = "";
        show();
      }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      event.preventDefault();
      if (list.hidden) open(true);
      if (event.key === "ArrowDown" && active === list.childElementCount - 1) more();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const to = active + step;
      activate(to < 0 ? -1 : Math.min(to, list.childElementCount - 1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      list.children[Math.max(active, 0)]?.click();
    }
  });
  list.addEventListener("click", (event) => event.target.closest("a") && open(false));
  document.addEventListener("focusin", ({ target }) => target.closest("#find") || open(false));
  document.addEventListener("pointerdown", ({ target }) => target.closest("#find") || open(false));

  const start = async (script) => {
    said.textContent = "Reading the index \u2026";
    await script("index.js");
    for (let part = 1; part <= parts; part++) await script(`index-${part}.js`);
    whole = true;
    show();
  };

  // What the files of the index call: first the tables and the number of parts, then each part.
  const begin = (made, number) => {
    Object.assign(tables, made);
    parts = number;
  };
  const part = (made) => {
    add(made);
    if (box.value) show();
  };
  return { start, begin, part, fold, search };
})();
