// Sharing words: a bar beside selected words, and the same at a passage's ¶. The Tab key leads from
// the words to the bar, arrows lead along it, Escape closes it.

import { openCitations } from "./cite.js";
import { asHtml, asMarkdown, asText, quoteOf, withoutAddress } from "./quote.js";
import { linesOf, wordsWithin } from "./selection.js";
import { firstWord, passages, wordsOf } from "./words.js";

const SETTLED = 250; // ms until a selection that no pointer makes is taken for made
const TOLD = 2000; // ms a button says what became of it
const GAP = 8; // px between words and bar
const HANDLES = 36; // px below words that a phone takes for its handles

const touch = matchMedia("(pointer: coarse)");
const bar = document.createElement("div");
const status = document.createElement("span");
const how = document.createElement("span");

let chosen = null; // what is shared: {first, last, lines(), link}; link is the ¶ it was opened at
let before = null; // where the focus was
let dismissed = ""; // the words whose bar was closed
let pressed = false; // whether a pointer is down on the page, making a selection
let held = false; // whether one is down on the bar
let timer = 0;

bar.className = "share";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-describedby", "share-how");
how.id = "share-how";
how.textContent = "Arrow keys choose, Escape closes.";
how.hidden = true;
status.className = "share-status";
status.setAttribute("role", "status");

// ── what can be done ───────────────────────────────────────────────────

const COPIES = {
  Link: ({ address }) => address,
  Quote: asText,
  Markdown: asMarkdown,
  HTML: asHtml,
};

function button(text, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (name !== text) made.setAttribute("aria-label", name);
  made.tabIndex = -1;
  made.addEventListener("click", () => act(made));
  return made;
}

function copying(what) {
  const name = what === "HTML" || what === "Markdown" ? `Copy as ${what}` : `Copy ${what.toLowerCase()}`;
  return button(what, name, async (made) => {
    const done = await copy(COPIES[what](quoteOf(chosen.first, chosen.last)));
    const copied = name.replace("Copy", "Copied");
    tell(made, done ? "Copied" : "Not copied", done ? copied : "This browser did not let it be copied");
  });
}

/** Without a safe connection browsers have no clipboard for scripts, but still the Copy command. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    let done = false;
    const fill = (event) => {
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      done = true;
    };
    addEventListener("copy", fill, { capture: true });
    const allowed = document.execCommand("copy");
    removeEventListener("copy", fill, { capture: true });
    return done && allowed;
  }
}

/** The button itself says what became of it, and so does a screen reader. */
function tell(made, short, long) {
  const text = made.dataset.text ?? made.textContent;
  made.dataset.text = text;
  made.style.minWidth = `${made.getBoundingClientRect().width}px`;
  made.textContent = short;
  say(long);
  setTimeout(() => {
    made.textContent = text;
    say("");
    place();
  }, TOLD);
  place();
}

function say(text) {
  status.textContent = text;
}

async function hand() {
  const quote = quoteOf(chosen.first, chosen.last);
  const { title, address: url } = quote;
  await navigator.share({ title, text: withoutAddress(quote), url }).catch(() => {}); // the reader thought better of it
}

const copies = document.createElement("span");
copies.textContent = "Copy";
copies.setAttribute("aria-hidden", "true");
const actions = [
  copies,
  ...Object.keys(COPIES).map(copying),
  button("Cite", "Cite", () => openCitations({ first: chosen.first, last: chosen.last })),
  ...(navigator.share && touch.matches ? [button("Share…", "Share…", hand)] : []),
];

// ── the bar ────────────────────────────────────────────────────────────

function open(words, after, extents = []) {
  close();
  chosen = words;
  before = document.activeElement;
  bar.replaceChildren(...extents, ...actions, how, status);
  name();
  buttons().forEach((one, at) => { one.tabIndex = at ? -1 : 0; });
  after.after(bar); // so that reading and tabbing come to it after the words
  place();
  say("");
  // A screen reader announces what changes inside a status, not what it is born with.
  if (!words.link) setTimeout(() => say("Press Tab to share these words"), 0);
}

function name() {
  bar.setAttribute("aria-label", `Share words ${chosen.first} to ${chosen.last}`);
}

function close() {
  clearTimeout(timer);
  if (!chosen) return;
  chosen.link?.setAttribute("aria-expanded", "false");
  highlight([]);
  chosen = null;
  bar.remove();
}

function buttons() {
  return [...bar.querySelectorAll("button")];
}

/** Above the words, or below, where a finger's own tools leave room; else at the screen's lower edge. */
function place() {
  if (!chosen) return;
  bar.classList.remove("edge");
  const lines = chosen.lines();
  if (!lines.length) return;
  const [top, bottom] = [Math.min(...lines.map((one) => one.top)), Math.max(...lines.map((one) => one.bottom))];
  const { width, height } = bar.getBoundingClientRect();
  const ceiling = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  const note = document.querySelector(".arrival")?.getBoundingClientRect().top ?? innerHeight;
  const screen = document.documentElement.clientWidth;
  const above = top - GAP - height;
  const below = bottom + (touch.matches && !chosen.link ? HANDLES : GAP);
  const fits = [above >= ceiling && above + height <= note && above, below >= ceiling && below + height <= note && below];
  if (touch.matches || chosen.link) fits.reverse();
  const seen = top < note && bottom > ceiling; // else it stays with its words, wherever they are
  const y = fits.find((one) => one !== false) ?? (seen ? null : below);
  bar.classList.toggle("edge", y === null);
  bar.style.bottom = y === null ? `${innerHeight - note + GAP}px` : "";
  const wanted = chosen.link ? chosen.link.getBoundingClientRect().right - width : lines[0].left - GAP;
  const x = Math.max(GAP, Math.min(wanted, screen - GAP - width));
  const page = bar.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  bar.style.left = `${y === null ? (screen - width) / 2 : x - page.left}px`;
  bar.style.top = y === null ? "" : `${y - page.top}px`;
}

// ── at selected words ──────────────────────────────────────────────────

function offer() {
  const selection = getSelection();
  if (pressed || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (bar.contains(range.commonAncestorContainer)) return;
  const words = wordsWithin(range);
  if (!words) {
    if (!chosen?.link) close();
    return;
  }
  if (keyOf(words) === dismissed || (chosen && keyOf(words) === keyOf(chosen))) return;
  const last = passages().filter((passage) => firstWord(passage) <= words.last).pop();
  open({ ...words, lines: () => linesOf(range) }, last);
}

function keyOf({ first, last }) {
  return `${first}-${last}`;
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(offer, delay);
}

document.addEventListener("selectionchange", () => {
  if (held || bar.contains(document.activeElement)) return;
  if (getSelection().isCollapsed) {
    dismissed = "";
    if (chosen && !chosen.link) close();
  } else if (!pressed) {
    later(SETTLED);
  }
});
addEventListener("pointerdown", ({ target }) => {
  held = bar.contains(target);
  pressed = !held;
  if (pressed && !target.closest?.(".permalink")) close();
}, { capture: true });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    if (pressed) later(0);
    pressed = held = false;
  }, { capture: true });
}
bar.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected

// ── at a passage's ¶ ───────────────────────────────────────────────────

/** The passages of the turn that a passage belongs to; just itself where the page does not show the turn's bounds. */
function turnOf(passage) {
  const all = passages();
  const whole = (one) => !one.matches(".narrative, .unknown.inferred") && !one.querySelector("[data-speaker]");
  let [low, high] = [all.indexOf(passage), all.indexOf(passage)];
  while (low > 0 && !all[low].classList.contains("opens")) low -= 1;
  while (high + 1 < all.length && goesOn(all[high + 1])) high += 1;
  const turn = all.slice(low, high + 1);
  return turn.every(whole) ? turn : [passage];
}

function goesOn(passage) {
  return !passage.matches(".opens, .narrative");
}

function take(some, link) {
  const last = some[some.length - 1];
  highlight(some);
  return {
    first: firstWord(some[0]),
    last: firstWord(last) + wordsOf(last).words.length - 1,
    lines: () => some.map((passage) => passage.getBoundingClientRect()),
    link,
  };
}

function highlight(some) {
  for (const passage of document.querySelectorAll(".passage.chosen")) passage.classList.remove("chosen");
  for (const passage of some) passage.classList.add("chosen");
}

function openAt(link) {
  const passage = link.closest(".passage");
  const turn = turnOf(passage);
  const extents = turn.length < 2 ? [] : [["Passage", [passage]], ["Whole turn", turn]].map(([text, some]) =>
    button(text, text, (made) => {
      chosen = take(some, link);
      extents.forEach((one) => one.setAttribute("aria-pressed", String(one === made)));
      name();
    }));
  extents.forEach((one, at) => one.setAttribute("aria-pressed", String(at === 0)));
  close();
  open(take([passage], link), passage, extents);
  link.setAttribute("aria-expanded", "true");
  buttons()[extents.length].tabIndex = 0;
  move(extents.length);
}

// A link all the same: with a modifier key, the middle button or the browser's own menu.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".passage .permalink");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation(); // the theme follows links by itself
  if (chosen?.link === link) close();
  else openAt(link);
}, { capture: true });

// ── by keyboard ────────────────────────────────────────────────────────

function move(to) {
  const all = buttons();
  const at = (to + all.length) % all.length;
  all.forEach((one, index) => { one.tabIndex = index === at ? 0 : -1; });
  all[at].focus({ preventScroll: true });
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Keys of the bar; whether this was one. */
function goBy({ key, shiftKey }) {
  const at = buttons().indexOf(document.activeElement);
  if (key === "Escape") leave();
  else if (key === "Tab" && !shiftKey && at < 0 && !chosen.link) move(0);
  else if (at >= 0 && key in STEPS) move(at + STEPS[key]);
  else if (at >= 0 && key === "Home") move(0);
  else if (at >= 0 && key === "End") move(-1);
  else return false;
  return true;
}

function leave() {
  const inside = bar.contains(document.activeElement);
  const back = chosen.link ?? before;
  dismissed = keyOf(chosen);
  close();
  if (inside) back?.focus?.({ preventScroll: true });
}

// Before anybody else hears of it: one press closes one thing.
addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.(".permalink[role]")) {
    event.preventDefault();
    event.target.click();
  }
  if (!chosen || event.ctrlKey || event.metaKey || event.altKey || !goBy(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });
bar.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && chosen?.link && !bar.contains(relatedTarget)) close();
});

addEventListener("resize", place);
addEventListener("scroll", () => { // it goes with its words, and where these have stopped, finds its place anew
  if (!chosen) return;
  clearTimeout(timer);
  timer = setTimeout(place, 120);
}, { passive: true });

// ── start ──────────────────────────────────────────────────────────────

/** A page has come: its ¶ open the bar. */
export function openSharing() {
  close();
  for (const link of document.querySelectorAll(".passage .permalink")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  }
}
