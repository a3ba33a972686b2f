// The address of words: their numbers, which last, and a text fragment, by which a browser without
// this script marks them too (https://wicg.github.io/scroll-to-text-fragment/).

import { stretches } from "./words.js";

// What a page without scripts, which reads clean, does not show.
const UNSEEN = "del, script, style, template, noscript, [hidden], dialog, .arrival, .quoted, .share";
const BLOCK = "p, h1, h2, h3, li, blockquote, summary, .speaker, .permalink, label, button, nav, div";
const WHOLE = 160; // characters that a fragment has whole; of more it has the first words and the last
const FEWEST = 4; // of them so many, at either end,
const MOST = 12; // and at most so many, as many before and behind them, before no fragment is made

/** The lasting address of this page. */
export function pageAddress() {
  return location.origin + location.pathname;
}

/** The address of this page's data, of the same site; nothing where it has none. */
export function dataAddress() {
  const link = [...document.querySelectorAll('.dateline a[href$=".json"]')].pop();
  return link?.origin === location.origin ? link.href : undefined;
}

/** The lasting address of words first…last of this page. */
export function plainAddressOf(first, last) {
  return `${pageAddress()}#w${first}-${last}`;
}

/** The same with a text fragment, where there is one that leads to these words and no others. */
export function addressOf(first, last) {
  const fragment = fragmentOf(textAround(first, last));
  return plainAddressOf(first, last) + (fragment && `:~:text=${fragment}`);
}

/**
 * The text of the page as it reads clean, a line for each block, and where in it words first…last begin
 * and end; both 0 where the clean reading has none of them.
 */
function textAround(first, last) {
  const wanted = new Map(stretches(first, last).map((stretch) => [stretch.node, stretch]));
  let [text, start, end, block] = ["", 0, 0, null];
  function add(data) {
    const spaced = data.replace(/\s+/g, " ");
    text += /\s$/.test(text) ? spaced.trimStart() : spaced;
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(UNSEEN)) continue;
    const own = node.parentElement.closest(BLOCK);
    if (own !== block) text = `${text.trimEnd()}\n`;
    block = own;
    const { from = 0, to = 0 } = wanted.get(node) ?? {};
    add(node.data.slice(0, from));
    if (to) start ||= text.length;
    add(node.data.slice(from, to));
    if (to) end = text.length;
    add(node.data.slice(to));
  }
  const words = text.slice(start, end);
  return { text, start: start + words.length - words.trimStart().length, end: start + words.trimEnd().length };
}

/** What follows `:~:text=`; "" where the words have no text, or none that stands there first. */
function fragmentOf({ text, start, end }) {
  const small = text.toLowerCase();
  const folded = small.length === text.length ? small : text;
  const isFirst = (low, high, from = 0) => folded.indexOf(folded.slice(low, high), from) === low;
  const isWhole = end - start <= WHOLE && !text.slice(start, end).includes("\n");
  for (let more = 0; start < end && more <= MOST; more += 1) {
    const [low, high] = [backward(text, start, more), forward(text, end, more)];
    if (isWhole && isFirst(low, high)) return spell(text, low, start, end, end, end, high);
    const [head, tail] = [forward(text, start, FEWEST + more), backward(text, end, FEWEST + more)];
    if (isWhole || head > tail) continue;
    if (isFirst(low, head) && isFirst(tail, high, head)) return spell(text, low, start, head, tail, end, high);
  }
  return "";
}

/** `before-,first words,last words,-after` of the places where each begins; without what is empty. */
function spell(text, low, start, head, tail, end, high) {
  const spelt = (from, to) => encodeURIComponent(text.slice(from, to).trim()).replace(
    /[-!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return [
    low < start && `${spelt(low, start)}-`,
    spelt(start, head),
    tail < end && spelt(tail, end),
    end < high && `-${spelt(end, high)}`,
  ].filter(Boolean).join(",");
}

/** The place that lies so many words before another, on the same line. */
function backward(text, place, count) {
  const line = text.lastIndexOf("\n", place - 1) + 1;
  const words = [...text.slice(line, place).matchAll(/\S+/g)];
  return count && words.length ? line + words[Math.max(0, words.length - count)].index : place;
}

/** The place that lies so many words behind another, on the same line. */
function forward(text, place, count) {
  const line = text.slice(place).split("\n", 1)[0];
  const word = [...line.matchAll(/\S+/g)].slice(0, count).pop();
  return word ? place + word.index + word[0].length : place;
}
