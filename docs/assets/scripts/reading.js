// Reading clean or verbatim. Without scripts a page reads clean.

import { button, element } from "./dom.js";

const READINGS = ["clean", "verbatim"];
const STORE = "archive-reading";

function stored() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null; // storage may be forbidden; the choice then lasts one page
  }
}

export function isVerbatim() {
  return document.documentElement.dataset.reading === "verbatim";
}

/** Whether a text of a passage is read now: removed words are not when clean, corrections not verbatim. */
export function isRead(node) {
  return !node.parentElement.closest(isVerbatim() ? "ins" : "del");
}

function read(as) {
  document.documentElement.dataset.reading = as;
  for (const one of document.querySelectorAll(".reading button")) {
    one.setAttribute("aria-pressed", String(one.value === as));
  }
  try {
    localStorage.setItem(STORE, as);
  } catch { /* as above */ }
  dispatchEvent(new CustomEvent("archive:reading"));
}

function offerReadings() {
  const status = document.querySelector(".md-content .status");
  if (!status || document.querySelector(".reading")) return;
  if (!document.querySelector(".passage :is(del, ins).critic")) return;
  const buttons = READINGS.map((as) =>
    button(as[0].toUpperCase() + as.slice(1), () => read(as), { value: as }));
  status.after(element("div", { className: "reading", role: "group", "aria-label": "Read the transcript" }, ...buttons));
}

/** A page has come: offer both readings and read as the reader last chose. */
export function openReading() {
  offerReadings();
  read(READINGS.includes(stored()) ? stored() : "clean");
}
