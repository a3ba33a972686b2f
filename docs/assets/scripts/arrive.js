// Arriving at an address: the words it names are marked, in view and announced.
// Without scripts a quote that the archive itself links to opens at its place.

import { pageAddress, plainAddressOf } from "./address.js";
import { button, element } from "./dom.js";
import { resolve } from "./former.js";
import { mark, numbered, numbers, passageOf, unmark, voicesIn, withDoubt } from "./words.js";

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
  if (!here) tellPaper(pageAddress());
  if (!address || !here) {
    arriveAtPassage(here);
    return;
  }
  const [first, last] = [Number(address[1]), Number(address[2])];
  if (first < here.low || last < first || last > here.high) {
    if (last >= first && arriveAtFormer(first, last, here)) return;
    tellMissing(address[1], address[2], here);
    return;
  }
  arriveAtWords(first, last);
}

/** Words first…last, and what there is to say of them: by whom they are, and more that only the screen needs. */
function arriveAtWords(first, last, more = "") {
  const marks = mark(first, last);
  const text = described(first, last);
  const unseen = marks.some((one) => one.getClientRects().length) ? "" : " · left out of the clean text";
  tell(text + unseen + more);
  tellPaper(`${text} · `, plainAddressOf(first, last));
  show(seen(marks));
}

/** Words that never were; their numbers as they were written, for they may be of any length. */
function tellMissing(first, last, here) {
  const asked = `${first === last ? "is" : "are"} no ${numbered(first, last)}`;
  const there = numbered(here.low, here.high);
  tell(`There ${asked} here: this transcript has ${there}.`, passageOf(nearest(Number(first), here)));
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
  const before = `${numbered(first, last)} of an earlier transcript`;
  if (!found.low || 2 * found.kept < asked) { // what is there instead is no longer the quote
    tell(`Not here any more: ${before}.`, passageOf(found.nearest));
    return true;
  }
  const changed = asked - found.kept;
  const differ = changed ? `, ${changed} of which ${changed > 1 ? "differ" : "differs"} here` : "";
  arriveAtWords(found.low, found.high, ` · ${before}${differ}`);
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
  if (!found) {
    tellMissing(number, number, here);
    return;
  }
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
    if (words.isConnected) withName(words).scrollIntoView({ block: "start" });
  }
  for (const hand of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(hand, stop, { once: true, passive: true });
  }
}

/** What to bring to the top: the words' passage, with who speaks, unless the words begin far down in it. */
function withName(words) {
  const passage = words.closest(".passage");
  if (!passage) return words; // a chapter
  const down = words.getBoundingClientRect().top - passage.getBoundingClientRect().top;
  return down < innerHeight / 3 ? passage : words;
}

/** Who says the marked words, where and when, with any doubt. */
function described(first, last) {
  const speakers = voicesIn(first, last).map((voice) => withDoubt(voice, { guess: "speaker inferred" }));
  const where = document.querySelector(".dateline")?.dataset.where;
  return [speakers.join(", then "), where, numbered(first, last)].filter(Boolean).join(" · ");
}

function tell(text, nearest) {
  const words = element("span", { role: "status" });
  const note = element("div", { className: "arrival" }, words);
  if (nearest) note.append(element("a", { href: `#${nearest.id}` }, "Nearest passage"));
  note.append(button("Clear", () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    clear();
  }));
  document.body.append(note);
  // A screen reader announces what changes inside a status, not what it is born with.
  setTimeout(() => { words.textContent = text; }, 0);
}

/** On paper an address stands below the date, since nobody can click there. */
function tellPaper(...text) {
  document.querySelector(".md-content .dateline")?.after(element("p", { className: "quoted" }, ...text));
}

function clear() {
  for (const note of document.querySelectorAll(".arrival, .quoted")) note.remove();
  unmark();
}

/** Escape clears the mark as the note's own button does. */
export function clearByKey(event) {
  if (event.key === "Escape") document.querySelector(".arrival button")?.click();
}
