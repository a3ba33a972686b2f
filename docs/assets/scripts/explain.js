// Why words were changed. In the verbatim reading a changed stretch, pointed at, tapped or reached
// by keyboard, says what the page has instead, by which rule and why. The data beside the page knows.

import { isVerbatim } from "./reading.js";
import { firstWord, wordsOf } from "./words.js";

const CHANGED = ".passage del.critic";
// Rules that give no reason with each edit.
const PLAIN = { punctuation: "marks and capitals, never a word" };
const POINTED = 120; // ms a pointer rests before the note comes; and twice that before it goes
const GAP = 6; // px between words and note

const records = new Map(); // address of a page's data → its edits, once asked for
const note = document.createElement("div"); // one for all
const instead = document.createElement("p");
const causes = document.createElement("ul");
let shown = null; // the stretch that the note is about
let pointed = null; // the stretch under the pointer
let timer = 0;

note.id = "why";
note.className = "why";
note.setAttribute("role", "tooltip");
note.append(instead, causes);

// ── what is known of a stretch ─────────────────────────────────────────

/** Numbers of the first and the last raw word of a stretch. */
function wordNumbers(stretch) {
  const passage = stretch.closest("p.passage[id^=w]");
  const { nodes, words } = wordsOf(passage);
  const inside = nodes.filter(({ node, raw }) => raw && stretch.contains(node));
  const [start, end] = [inside[0].start, inside[inside.length - 1].end];
  const before = words.filter((word) => word.end <= start).length;
  const until = words.filter((word) => word.start < end).length;
  return [firstWord(passage) + before, firstWord(passage) + until - 1];
}

/** Every edit of this page; asked for once. */
function editsOfPage() {
  const link = [...document.querySelectorAll('.dateline a[href$=".json"]')].pop();
  if (!link || link.origin !== location.origin) return Promise.reject(new Error("no data here"));
  const address = link.href;
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
  const label = document.createElement("span");
  label.textContent = replacement ? "The clean text says" : "The clean text leaves this out";
  instead.replaceChildren(label);
  if (!replacement) return;
  const words = document.createElement("q");
  words.textContent = replacement;
  instead.append(" ", words);
}

function cause([rule, reason]) {
  const item = document.createElement("li");
  const name = document.createElement("b");
  name.textContent = rule;
  const why = reason || PLAIN[rule] || "";
  item.append(...(rule ? [name, why && `: ${why}`] : [why]));
  return item;
}

/** Below the stretch, or above it where there is no room; always within the screen. */
function place() {
  const lines = [...shown.getClientRects()];
  if (!lines.length) return;
  const [above, below] = [lines[0], lines[lines.length - 1]];
  const { width, height } = note.getBoundingClientRect();
  const ceiling = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  const floor = document.querySelector(".arrival")?.getBoundingClientRect().top ?? innerHeight;
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
addEventListener("click", ({ target }) => {
  const stretch = stretchAt(target);
  if (stretch) show(stretch);
});
addEventListener("focusin", ({ target }) => {
  const stretch = stretchAt(target);
  if (stretch) show(stretch);
});
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
