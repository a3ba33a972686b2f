// Why words were changed. In the verbatim reading a changed stretch, pointed at, tapped or reached
// by keyboard, says what the page has instead, by which rule and why. The data beside the page knows.

import { dataAddress } from "./address.js";
import { clearView, element } from "./dom.js";
import { isVerbatim } from "./reading.js";
import { firstWord, indexesOf, wordsOf } from "./words.js";

const CHANGED = ".passage del.critic";
// Rules that give no reason with each edit.
const PLAIN = { punctuation: "marks and capitals, never a word" };
const POINTED = 120; // ms a pointer rests before the note comes; and twice that before it goes
const GAP = 6; // px between words and note

const records = new Map(); // address of a page's data → its edits, once asked for
const instead = element("p");
const causes = element("ul");
const note = element("div", { id: "why", className: "why", role: "tooltip" }, instead, causes); // one for all
let shown = null; // the stretch that the note is about
let pointed = null; // the stretch under the pointer
let timer = 0;

// ── what is known of a stretch ─────────────────────────────────────────

/** Numbers of the first and the last raw word of a stretch. */
function wordNumbers(stretch) {
  const passage = stretch.closest("p.passage[id^=w]");
  const { nodes, words } = wordsOf(passage);
  const inside = nodes.filter(({ node, raw }) => raw && stretch.contains(node));
  return indexesOf(words, inside[0].start, inside[inside.length - 1].end).map((at) => firstWord(passage) + at);
}

/** Every edit of this page; asked for once. */
function editsOfPage() {
  const address = dataAddress();
  if (!address) return Promise.reject(new Error("no data here"));
  if (!records.has(address)) {
    records.set(address, ask(address));
    records.get(address).catch(() => records.delete(address)); // the next note asks again
  }
  return records.get(address);
}

async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).edits;
}

/** Rule and reason of the edits that touch a stretch, each once: [["filler", "a filled pause"]]. */
async function reasonsFor(stretch) {
  const [first, last] = wordNumbers(stretch);
  const edits = (await editsOfPage()).filter((edit) => edit.first_word <= last && edit.last_word >= first);
  return [...new Map(edits.map(({ rule, reason }) => [`${rule}\n${reason}`, [rule, reason]])).values()];
}

/** What the clean reading has in place of a stretch; "" where it has nothing. */
function replacementOf(stretch) {
  const next = stretch.nextSibling;
  return next?.nodeType === Node.ELEMENT_NODE && next.matches("ins.critic") ? next.textContent : "";
}

// ── the note ───────────────────────────────────────────────────────────

async function show(stretch) {
  clearTimeout(timer);
  if (shown === stretch) return;
  hide();
  shown = stretch;
  say(replacementOf(stretch));
  stretch.setAttribute("aria-describedby", note.id);
  document.body.append(note);
  place();
  // What comes late is announced; what is there at once is read as the description.
  note.setAttribute("aria-live", "polite");
  const given = await reasonsFor(stretch).catch(() => null);
  if (shown !== stretch) return;
  causes.replaceChildren(...(given ?? [["", "The reason could not be loaded."]]).map(cause));
  note.setAttribute("aria-live", "off");
  place();
}

function hide() {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  note.remove();
  causes.replaceChildren();
}

function say(replacement) {
  instead.replaceChildren(element("span", {}, replacement ? "The clean text says" : "The clean text leaves this out"));
  if (replacement) instead.append(" ", element("q", {}, replacement));
}

function cause([rule, reason]) {
  const why = reason || PLAIN[rule] || "";
  return element("li", {}, ...(rule ? [element("b", {}, rule), why && `: ${why}`] : [why]));
}

/** Below the stretch, or above it where there is no room; always within the screen. */
function place() {
  const lines = [...shown.getClientRects()];
  if (!lines.length) return;
  const [above, below] = [lines[0], lines[lines.length - 1]];
  const { width, height } = note.getBoundingClientRect();
  const { ceiling, floor } = clearView();
  const fits = below.bottom + GAP + height <= floor || above.top - GAP - height < ceiling;
  const page = document.body.getBoundingClientRect();
  // Its words stand below the changed ones, and no further right than the text does.
  const inset = parseFloat(getComputedStyle(note).paddingLeft);
  const edge = shown.closest(".passage").getBoundingClientRect().right + inset;
  const room = Math.min(edge, document.documentElement.clientWidth - GAP) - width;
  const left = Math.max(GAP, Math.min((fits ? below : above).left - inset, room));
  const top = fits ? below.bottom + GAP : above.top - GAP - height;
  note.style.left = `${left - page.left}px`;
  note.style.top = `${top - page.top}px`;
}

// ── pointing, tapping, tabbing ─────────────────────────────────────────

function stretchAt(target) {
  return target instanceof Element ? target.closest(CHANGED) : null;
}

function later(act, delay) {
  timer = setTimeout(act, delay);
}

// Only a pointer that moves points: words also pass below one that rests.
addEventListener("pointermove", ({ target, pointerType }) => {
  const stretch = note.contains(target) ? shown : stretchAt(target);
  if (pointerType === "touch" || stretch === pointed) return;
  pointed = stretch;
  clearTimeout(timer);
  if (stretch && stretch !== shown) later(() => show(stretch), POINTED);
  else if (!stretch && shown !== document.activeElement) later(hide, 2 * POINTED);
}, { passive: true });
addEventListener("pointerdown", ({ target }) => {
  if (shown && stretchAt(target) !== shown && !note.contains(target)) hide();
});
for (const arrival of ["click", "focusin"]) {
  addEventListener(arrival, ({ target }) => {
    const stretch = stretchAt(target);
    if (stretch) show(stretch);
  });
}
addEventListener("focusout", ({ target }) => {
  if (stretchAt(target)) hide();
});
addEventListener("resize", () => {
  if (shown) place();
});
// Before anybody else hears of it: one press closes one thing.
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  hide();
  event.stopImmediatePropagation();
}, { capture: true });

// ── start ──────────────────────────────────────────────────────────────

/** Changed words are stops for the Tab key where they are seen. */
function open() {
  hide();
  for (const stretch of document.querySelectorAll(CHANGED)) {
    if (isVerbatim()) stretch.tabIndex = 0;
    else stretch.removeAttribute("tabindex");
  }
}

addEventListener("archive:reading", open);
open();
