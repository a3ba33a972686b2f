// Sharing words: a bar beside selected words, and the same at a passage's ¶. The Tab key leads from
// the words to the bar, arrows lead along it, Escape closes it.

import { openCitations } from "./cite.js";
import { button, clearView, copy, element, tellCopied, TOLD } from "./dom.js";
import { asHtml, asMarkdown, asText, quoteOf, withoutAddress } from "./quote.js";
import { linesOf, wordsWithin } from "./selection.js";
import { numbered, numbers, passageOf, passages } from "./words.js";

const SETTLED = 250; // ms until a selection that no pointer makes is taken for made
const GAP = 8; // px between words and bar
const HANDLES = 36; // px below words that a phone takes for its handles

const touch = matchMedia("(pointer: coarse)").matches;
const bar = element("div", { className: "share", role: "toolbar" });
const status = element("span", { role: "status" });
const labels = new Map(); // what the buttons are called that say for a while what became of it

let chosen = null; // what is shared: {first, last, lines(), range, link}; link is the ¶ it was opened at
let before = null; // where the focus was
let down = null; // where a pointer is down
let timer = 0;
let telling = 0;
let scrolling = 0;

// ── what can be done ───────────────────────────────────────────────────

function quote() {
  return quoteOf(chosen.first, chosen.last);
}

function copying(text, name, spell) {
  const made = button(text, async () => {
    const words = chosen;
    const done = await copy(spell(quote()));
    if (chosen !== words) return;
    // The button itself says what became of it, and so does a screen reader.
    hush();
    tellCopied(made, done);
    status.textContent = done ? `Copied ${name}` : "This browser did not let it be copied";
    place();
    telling = setTimeout(() => {
      hush();
      place();
    }, TOLD);
  }, { "aria-label": `Copy ${name}` });
  labels.set(made, text);
  return made;
}

/** What became of a copy is told no longer. */
function hush() {
  clearTimeout(telling);
  for (const [made, text] of labels) made.textContent = text;
  status.textContent = "";
}

const actions = [
  element("i", { "aria-hidden": "true" }, "Copy"),
  copying("Link", "link", ({ address }) => address),
  copying("Quote", "quote", asText),
  copying("Markdown", "as Markdown", asMarkdown),
  copying("HTML", "as HTML", asHtml),
  button("Cite", ({ currentTarget }) => {
    move(buttons().indexOf(currentTarget)); // to here the dialog gives the focus back
    openCitations({ first: chosen.first, last: chosen.last });
  }),
];
if (navigator.share && touch) {
  actions.push(button("Share", () => {
    const words = quote();
    navigator.share({ title: words.title, text: withoutAddress(words), url: words.address })
      .catch(() => {}); // the reader thought better of it
  }));
}

// ── the bar ────────────────────────────────────────────────────────────

/** Choose words, and open the bar after the passage where they end: there reading and tabbing come to it. */
function open(words, extents = []) {
  close();
  before = document.activeElement;
  bar.replaceChildren(...extents, ...actions, status);
  choose(words);
  buttons().forEach((one, at) => { one.tabIndex = at ? -1 : 0; });
  passageOf(words.last).after(bar);
  place();
  if (words.link) return;
  // A screen reader announces what changes inside a status, not what it is born with.
  setTimeout(() => { status.textContent = "Tab leads to ways to share these words, Escape closes them"; }, 0);
}

function choose(words) {
  chosen = words;
  hush();
  bar.setAttribute("aria-label", `Share ${numbered(words.first, words.last)}`);
}

function close() {
  clearTimeout(timer);
  chosen?.link?.setAttribute("aria-expanded", "false");
  chosen = null;
  highlight([]);
  bar.remove();
}

function buttons() {
  return [...bar.querySelectorAll("button")];
}

/** Above the words, or below, where a finger's own tools leave room; else at the screen's lower edge. */
function place() {
  const lines = chosen?.lines() ?? [];
  if (!lines.length) return;
  bar.classList.remove("edge");
  const { width, height } = bar.getBoundingClientRect();
  const top = topBeside(lines, height);
  const screen = document.documentElement.clientWidth;
  if (top === undefined) {
    bar.classList.add("edge");
    bar.style.inset = `auto auto ${innerHeight - clearView().floor + GAP}px ${(screen - width) / 2}px`;
    return;
  }
  const left = chosen.link ? chosen.link.getBoundingClientRect().right - width : lines[0].left - GAP;
  const page = bar.offsetParent.getBoundingClientRect();
  bar.style.inset = `${top - page.top}px auto auto ${Math.max(GAP, Math.min(left, screen - GAP - width)) - page.left}px`;
}

/** Where a bar of that height begins beside the lines, in px from the window's top; nothing where it has no room. */
function topBeside(lines, height) {
  const { ceiling, floor } = clearView();
  const top = Math.min(...lines.map((line) => line.top));
  const bottom = Math.max(...lines.map((line) => line.bottom));
  const ways = [top - GAP - height, bottom + (touch && !chosen.link ? HANDLES : GAP)];
  if (touch || chosen.link) ways.reverse();
  if (top > floor || bottom < ceiling) return ways[0]; // out of view: it stays with its words
  return ways.find((way) => way >= ceiling && way + height <= floor);
}

// ── behind a dialog ────────────────────────────────────────────────────

/** Whether keys and pointers are a dialog's: the bar waits behind it. */
function inDialog() {
  return Boolean(document.querySelector("dialog[open]"));
}

// A click or a copy in the dialog may have taken the selection.
addEventListener("close", () => {
  if (!chosen?.range) return;
  getSelection().removeAllRanges();
  getSelection().addRange(chosen.range);
}, { capture: true }); // it does not bubble

// ── at selected words ──────────────────────────────────────────────────

function offer() {
  const selection = getSelection();
  if (down || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const words = wordsWithin(range);
  if (words && words.first === chosen?.first && words.last === chosen.last) return;
  if (words) open({ ...words, range, lines: () => linesAround(range, words.first) });
  else close();
}

/** The lines of a selection with the bar in its place, also those before and after all passages. */
function linesAround(range, first) {
  const [head, tail] = [range.cloneRange(), range.cloneRange()];
  head.setEndBefore(passageOf(first));
  tail.setStartAfter(bar); // itself no line of them
  const outside = [head, tail].flatMap((part) => [...part.getClientRects()]);
  return [...linesOf(range), ...outside.filter(({ width }) => width > 1)];
}

document.addEventListener("selectionchange", () => {
  if (down || inDialog() || bar.contains(document.activeElement)) return;
  clearTimeout(timer);
  if (!getSelection().isCollapsed) timer = setTimeout(offer, SETTLED);
  else if (!chosen?.link) close();
});
addEventListener("pointerdown", ({ target }) => {
  if (inDialog()) return;
  down = target;
  if (!bar.contains(target) && !target.closest?.(".permalink")) close();
}, { capture: true });
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    if (down && !bar.contains(down)) timer = setTimeout(offer, 0);
    down = null;
  }, { capture: true });
}
bar.addEventListener("mousedown", (event) => event.preventDefault()); // the words stay selected

// ── at a passage's ¶ ───────────────────────────────────────────────────

/** The passages of a passage's turn; just itself where the page does not show the turn's bounds. */
function turnOf(passage) {
  const all = passages();
  let [low, high] = [all.indexOf(passage), all.indexOf(passage) + 1];
  while (low && !all[low].matches(".opens")) low -= 1;
  while (all[high]?.matches(":not(.opens)")) high += 1;
  const turn = all.slice(low, high);
  const unclear = turn.some((one) => one.matches(".narrative, .unknown.inferred, :has([data-speaker])"));
  return unclear ? [passage] : turn;
}

function taken(some, link) {
  const { low: first, high: last } = numbers(some);
  return { first, last, lines: () => some.map((passage) => passage.getBoundingClientRect()), link };
}

function highlight(some) {
  for (const passage of passages()) passage.classList.toggle("chosen", some.includes(passage));
}

function openAt(link) {
  const passage = link.closest(".passage");
  const turn = turnOf(passage);
  const extent = (text, some) => button(text, ({ currentTarget }) => {
    for (const one of extents) one.setAttribute("aria-pressed", String(one === currentTarget));
    choose(taken(some, link));
    highlight(some);
  });
  const extents = turn.length > 1 ? [extent("Passage", [passage]), extent("Whole turn", turn)] : [];
  open(taken([passage], link), extents);
  highlight([passage]);
  extents.forEach((one, at) => one.setAttribute("aria-pressed", String(!at)));
  link.setAttribute("aria-expanded", "true");
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
  const at = all[(to + all.length) % all.length];
  for (const one of all) one.tabIndex = one === at ? 0 : -1;
  at.focus({ preventScroll: true });
}

function leave() {
  const back = bar.contains(document.activeElement) && (chosen.link ?? before);
  close();
  if (back) back.focus({ preventScroll: true });
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Keys of the bar; false where it was none. */
function go({ key, shiftKey }) {
  const at = buttons().indexOf(document.activeElement);
  if (key === "Escape") leave();
  else if (key === "Tab" && !shiftKey && !chosen.link && document.activeElement === before) move(0); // no trap
  else if (at >= 0 && key in STEPS) move(at + STEPS[key]);
  else if (at >= 0 && (key === "Home" || key === "End")) move(key === "Home" ? 0 : -1);
  else return false;
  return true;
}

// Before anybody else hears of it: one press closes one thing.
addEventListener("keydown", (event) => {
  if (inDialog()) return;
  if (event.key === " " && event.target.matches?.(".permalink")) event.target.click();
  else if (!chosen || event.ctrlKey || event.metaKey || event.altKey || !go(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });
// Its own ¶ closes it by a click.
addEventListener("focusin", ({ target }) => {
  if (chosen?.link && target !== chosen.link && !inDialog() && !bar.contains(target)) close();
});

addEventListener("resize", place);
// It goes with its words, and where these have stopped, finds its place anew.
addEventListener("scroll", () => {
  clearTimeout(scrolling);
  scrolling = setTimeout(place, SETTLED / 2);
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
