// Arriving at an address: the words it names are marked, in view and announced.
// Without scripts a quote that the archive itself links to opens at its place.

import { plainAddressOf } from "./address.js";
import { resolve } from "./former.js";
import { mark, numbers, passageOf, unmark } from "./words.js";

// A browser that knows no text fragments leaves them in the address.
const WORDS = /^#w(\d+)-(\d+)(?::~:|$)/;
const PLACE = /^#([wc])(\d+)(?::~:|$)/;

let stopShowing = () => {}; // an arrival ends the one before

/** The words, the passage or the chapter that the address names: marked, in view, announced. */
export function arrive() {
  stopShowing();
  clear();
  const address = WORDS.exec(location.hash);
  const here = numbers();
  if (!address || !here) {
    arriveAtPassage(here);
    return;
  }
  const [first, last] = [Number(address[1]), Number(address[2])];
  if (first < here.low || last < first || last > here.high) {
    if (last >= first && arriveAtFormer(first, last, here)) return;
    const count = here.high - here.low + 1;
    tell(`There are no words ${first} to ${last} here: this transcript has ${count}.`, passageOf(nearest(first, here)));
    return;
  }
  const marks = mark(first, last);
  tell(told(marks, first, last));
  tellPaper(told(marks, first, last), first, last);
  show(seen(marks));
}

/** The word of the page that comes next to a number. */
function nearest(number, { low, high }) {
  return Math.min(Math.max(number, low), high);
}

/** Words of a former raw file: marked where they are now, or said to be gone; true where there were such. */
function arriveAtFormer(first, last, { low: begin }) {
  const found = resolve(first, last, begin);
  if (!found) return false;
  const asked = last - first + 1;
  const before = `words ${first} to ${last} of an earlier transcript`;
  if (!found.low || 2 * found.kept < asked) { // what is there instead is no longer the quote
    tell(`Not here any more: ${before}.`, passageOf(found.nearest));
    return true;
  }
  const marks = mark(found.low, found.high);
  const changed = asked - found.kept;
  const differ = changed ? `, ${changed} of which ${changed > 1 ? "differ" : "differs"} here` : "";
  tell(`${told(marks, found.low, found.high)} · ${before}${differ}`);
  tellPaper(told(marks, found.low, found.high), found.low, found.high);
  show(seen(marks));
  return true;
}

/** Words taken out of the clean text have no place of their own; their passage has. */
function seen(marks) {
  return marks.find((one) => one.getClientRects().length) ?? marks[0].closest(".passage");
}

/**
 * A passage's or a chapter's own address: the theme may have scrolled before the page was laid out,
 * and one from before the raw file was replaced leads to what stands there now.
 */
function arriveAtPassage(here) {
  const [, kind, number] = PLACE.exec(location.hash) ?? [];
  const own = number && document.getElementById(kind + number);
  if (own && kind === "w") show(own);
  if (own || !number || !here) return;
  const at = Number(number);
  const inside = at >= here.low && at <= here.high; // of a passage that begins elsewhere by now
  const found = inside ? { low: at, nearest: at } : resolve(at, at, here.low);
  if (!found) return;
  const chapter = kind === "c" && document.getElementById(`c${found.nearest}`);
  show(chapter || passageOf(found.nearest));
  if (!found.low) tell(`Word ${number} of an earlier transcript is not here any more; this is where it stood.`);
}

/**
 * Bring words into view below the header, and again while the page settles: the theme scrolls
 * by itself and, where its search closes, back; fonts come late. The reader's own hand ends it.
 */
function show(words) {
  const timers = [60, 200, 500, 800].map((delay) => setTimeout(scroll, delay));
  const stop = () => timers.forEach(clearTimeout);
  stopShowing = stop;
  function scroll() {
    if (words.isConnected) words.scrollIntoView({ block: "start" });
  }
  for (const hand of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(hand, stop, { once: true, passive: true });
  }
}

/** Who says the marked words, where and when; of who is inferred, how sure the least sure words are. */
function told(marks, first, last) {
  const least = new Map();
  for (const one of marks) {
    const { speaker, inferred = Infinity } = one.closest("[data-speaker]").dataset;
    least.set(speaker, Math.min(inferred, least.get(speaker) ?? Infinity));
  }
  const speakers = [...least].map(([speaker, percent]) =>
    percent < Infinity ? `${speaker} (speaker inferred, ${percent}%)` : speaker);
  const where = document.querySelector(".dateline")?.dataset.where;
  return [speakers.join(", then "), where, `words ${first} to ${last}`].filter(Boolean).join(" · ");
}

function tell(text, nearest) {
  const note = document.createElement("div");
  note.className = "arrival";
  const words = document.createElement("span");
  words.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Clear";
  button.addEventListener("click", () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    clear();
  });
  note.append(words);
  if (nearest) {
    const link = document.createElement("a");
    link.href = `#${nearest.id}`;
    link.textContent = "Nearest passage";
    note.append(link);
  }
  note.append(button);
  document.body.append(note);
  // A screen reader announces what changes inside a status, not what it is born with.
  setTimeout(() => { words.textContent = text; }, 0);
}

/** On paper the quote's address stands above the talk, since nobody can click there. */
function tellPaper(text, first, last) {
  const note = document.createElement("p");
  note.className = "quoted";
  note.append(`${text} · `, plainAddressOf(first, last));
  document.querySelector(".md-content .dateline")?.after(note);
}

function clear() {
  for (const note of document.querySelectorAll(".arrival, .quoted")) note.remove();
  unmark();
}

/** Escape clears the mark as the note's own button does. */
export function clearByKey(event) {
  if (event.key === "Escape") document.querySelector(".arrival button")?.click();
}
