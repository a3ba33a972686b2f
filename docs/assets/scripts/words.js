// Words of a talk's page by their numbers: counting them, finding them, marking them.

// White space as the build step splits on it, so that words are counted alike.
const WORD = /[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

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

/** The numbers of the page's first and last word; nothing where the page has no words. */
export function numbers() {
  const all = passages();
  const last = all[all.length - 1];
  return last && { low: firstWord(all[0]), high: firstWord(last) + wordsOf(last).words.length - 1 };
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
  const words = [];
  let start = -1; // of marks before the first word
  for (const match of text.matchAll(WORD)) {
    const end = match.index + match[0].length;
    if (/[\p{L}\p{N}]/u.test(match[0])) {
      words.push({ start: start < 0 ? match.index : start, end });
      start = -1;
    } else if (words.length) {
      words[words.length - 1].end = end; // a dash belongs to the word before it
    } else if (start < 0) {
      start = match.index;
    }
  }
  return { nodes, words };
}

/** Wrap words first…last of the page in <mark>; returns the marks. */
export function mark(first, last) {
  const marks = [];
  const all = passages();
  all.forEach((passage, index) => {
    const from = firstWord(passage);
    const next = all[index + 1] ? firstWord(all[index + 1]) : Infinity;
    if (last < from || first >= next) return;
    const { nodes, words } = wordsOf(passage);
    const low = words[Math.max(0, first - from)];
    const high = words[Math.min(words.length - 1, last - from)];
    if (low && high) marks.push(...wrap(nodes, low.start, high.end));
  });
  return marks;
}

function wrap(nodes, start, end) {
  const marks = [];
  for (const { node, raw, start: from, end: to } of nodes) {
    if (from >= end || to <= start) continue;
    const range = document.createRange();
    range.setStart(node, raw ? Math.max(0, start - from) : 0);
    range.setEnd(node, raw ? Math.min(node.data.length, end - from) : node.data.length);
    const wrapper = document.createElement("mark");
    wrapper.className = "words";
    range.surroundContents(wrapper);
    marks.push(wrapper);
  }
  return marks;
}

/** Take every mark away again. */
export function unmark() {
  for (const marked of document.querySelectorAll("mark.words")) {
    const parent = marked.parentNode;
    marked.replaceWith(...marked.childNodes);
    parent.normalize();
  }
}
