// Words of a talk's page by their numbers: counting them, finding them, marking them.

// White space as the build step splits on it, so that words are counted alike.
const WORD = /[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

export const LETTER = /[\p{L}\p{N}]/u; // what makes a word of marks

/** The passages of the page, in order. */
export function passages() {
  return [...document.querySelectorAll("p.passage[id^=w]")];
}

export function firstWord(passage) {
  return Number(passage.id.slice(1));
}

/** The passage that holds a word. */
export function passageOf(number) {
  return passages().reverse().find((passage) => firstWord(passage) <= number);
}

/** The numbers of the first and last word of passages, or of the page; nothing where it has no words. */
export function numbers(all = passages()) {
  const last = all[all.length - 1];
  return last && { low: firstWord(all[0]), high: firstWord(last) + wordsOf(last).words.length - 1 };
}

/** Words by their numbers, for people. */
export function numbered(first, last, to = " to ") {
  return first === last ? `word ${first}` : `words ${first}${to}${last}`;
}

/**
 * The raw words of a passage: [{start, end}] into their joined text, and its
 * text nodes with the stretch of that text each stands for. Corrected words
 * count for nothing and stand where the raw ones do.
 */
export function wordsOf(passage) {
  const nodes = [];
  let text = "";
  let replaced = 0; // where the raw words begin that the next <ins> replaces
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".speaker, .permalink")) continue;
    if (node.parentElement.closest("ins")) {
      const start = Math.min(replaced, text.trimEnd().length - 1); // words only added belong to the one before
      nodes.push({ node, raw: false, start, end: text.length });
      continue;
    }
    replaced = node.parentElement.closest("del") ? text.length : text.length + node.data.length;
    nodes.push({ node, raw: true, start: text.length, end: text.length + node.data.length });
    text += node.data;
  }
  return { nodes, words: split(text) };
}

/** Where the words of a text stand in it: [{start, end}]. */
function split(text) {
  const words = [];
  let start = -1; // of marks before the first word
  for (const match of text.matchAll(WORD)) {
    const end = match.index + match[0].length;
    if (LETTER.test(match[0])) {
      words.push({ start: start < 0 ? match.index : start, end });
      start = -1;
    } else if (words.length) {
      words[words.length - 1].end = end; // a dash belongs to the word before it
    } else if (start < 0) {
      start = match.index;
    }
  }
  return words;
}

/** Which of the words a stretch of their text takes, as [first, last] counted from 0. */
export function indexesOf(words, start, end) {
  return [words.findIndex((word) => word.end > start), words.filter((word) => word.start < end).length - 1];
}

/** The text that words first…last of the page take up: [{node, from, to}], characters of each text node. */
export function stretches(first, last) {
  const all = passages();
  return all.flatMap((passage, index) => {
    const number = firstWord(passage);
    const next = all[index + 1] ? firstWord(all[index + 1]) : Infinity;
    if (last < number || first >= next) return [];
    const { nodes, words } = wordsOf(passage);
    const low = words[Math.max(0, first - number)];
    const high = words[Math.min(words.length - 1, last - number)];
    return low && high ? nodes.flatMap((one) => stretch(one, low.start, high.end)) : [];
  });
}

function stretch({ node, raw, start, end }, low, high) {
  if (start >= high || end <= low) return [];
  if (!raw) return [{ node, from: 0, to: node.data.length }];
  return [{ node, from: Math.max(0, low - start), to: Math.min(node.data.length, high - start) }];
}

/** The passage, or the part of one, that says who speaks a text. */
export function homeOf(node) {
  return node.parentElement.closest("[data-speaker]");
}

/** Who speaks there: {name, person, uncertain, inferred}; inferred in percent, Infinity where nobody inferred it. */
export function voiceOf({ dataset: { speaker, person, uncertain, inferred = Infinity } }) {
  return { name: speaker, person, uncertain: Boolean(uncertain), inferred: Number(inferred) };
}

/** A name with any doubt in words behind it: `Jane Doe (inferred, 96%)`, `John Roe (attribution uncertain)`. */
export function withDoubt({ name, uncertain, inferred }, { guess = "inferred", doubt = "attribution uncertain" } = {}) {
  if (inferred < Infinity) return `${name} (${guess}, ${inferred}%)`;
  return uncertain ? `${name} (${doubt})` : name;
}

/**
 * Everybody who says words first…last, each as unsure as at their least sure, and once more where an editor
 * doubts it. The page of a quote, without numbers, has one voice.
 */
export function voicesIn(first, last) {
  const spoken = stretches(first, last).filter(({ node, from, to }) => LETTER.test(node.data.slice(from, to)));
  const homes = passages().length
    ? spoken.map(({ node }) => homeOf(node))
    : [...document.querySelectorAll(".md-content [data-speaker]")];
  const voices = new Map();
  for (const voice of homes.map(voiceOf)) {
    const key = `${voice.name}\n${voice.uncertain}`;
    const before = voices.get(key) ?? voice;
    voices.set(key, { ...voice, inferred: Math.min(voice.inferred, before.inferred) });
  }
  return [...voices.values()];
}

/** Wrap words first…last of the page in <mark>; returns the marks. */
export function mark(first, last) {
  return stretches(first, last).map(({ node, from, to }) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const wrapper = document.createElement("mark");
    wrapper.className = "words";
    range.surroundContents(wrapper);
    return wrapper;
  });
}

/** Take every mark away again. */
export function unmark() {
  for (const marked of document.querySelectorAll("mark.words")) {
    const parent = marked.parentNode;
    marked.replaceWith(...marked.childNodes);
    parent.normalize();
  }
}
