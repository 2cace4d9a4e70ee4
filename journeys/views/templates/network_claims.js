"use strict";
// How a claim is shown beside a network.
window.networkClaims = (() => {
  const make = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  // Text that leads somewhere, where there is somewhere to lead to.
  const leading = (text, href) => {
    const made = make(href ? "a" : "bdi", text);
    if (href) made.href = href;
    return made;
  };
  const counted = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
  const card = (claim) => {
    const made = make("div", undefined, "claim");
    const says = make("p", undefined, "says");
    says.append(make("bdi", claim.says));
    const by = make("p", undefined, "quiet");
    by.append(leading(claim.source, claim.source_href), (claim.manner ? ` (${claim.manner})` : "") + (claim.when ? ` · ${claim.when}` : ""));
    made.append(says, by);
    if (claim.disputed) made.append(make("p", "Disputed: sources disagree on this.", "disputed"));
    if (claim.quote) {
      const quote = make("blockquote");
      quote.append(make("bdi", claim.quote));
      made.append(quote);
    }
    if (claim.details) made.append(make("p", claim.details));
    if (claim.note) made.append(make("p", `Note: ${claim.note}`));
    const address = make("p", undefined, "address");
    address.append(leading(claim.address, claim.href));
    made.append(address);
    return made;
  };
  return { make, leading, counted, card };
})();
