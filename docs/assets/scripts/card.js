// On the page of a quote: its link and its words, to take along.

import { pageAddress } from "./address.js";
import { button, copy, element, tellCopied, TOLD } from "./dom.js";
import { asText, saying } from "./quote.js";

/** The quote that the page is about, as `quoteOf` tells of words in a talk. */
function quoteOnPage(card, dateline) {
  return {
    voices: [saying(card, card.textContent)],
    where: dateline.dataset.where.replaceAll(" · ", ", "),
    edited: "edited" in card.dataset,
    address: pageAddress(),
  };
}

function copying(name, spell) {
  const made = button(name, async () => {
    tellCopied(made, await copy(spell()));
    setTimeout(() => { made.textContent = name; }, TOLD);
  }, { className: "cite-open", "aria-live": "polite" });
  return element("span", { className: "cite-offer" }, " · ", made);
}

/** A page has come: offer what it is about. */
export function offerCopies() {
  const card = document.querySelector(".md-content .large");
  const dateline = document.querySelector(".md-content .dateline");
  if (!card || !dateline || dateline.querySelector("[aria-live]")) return;
  dateline.append(copying("Copy link", pageAddress), copying("Copy quote", () => asText(quoteOnPage(card, dateline))));
}
