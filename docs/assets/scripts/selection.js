// Which words a selection takes: whole ones, by their numbers, and where they stand on the screen.

import { isRead } from "./reading.js";
import { firstWord, indexesOf, LETTER, passages, wordsOf } from "./words.js";

const LAST_LETTER = /[\p{L}\p{N}][^\p{L}\p{N}]*$/u;

/** Numbers of the first and the last word in a range, {first, last}; nothing where it takes none. */
export function wordsWithin(range) {
  const touched = touchedBy(range);
  const first = found(touched, (passage) => numbersIn(range, passage)?.[0]);
  const last = found(touched.reverse(), (passage) => numbersIn(range, passage)?.[1]);
  return first === undefined ? undefined : { first, last };
}

/** The lines of a range on the screen, as far as it lies in passages. */
export function linesOf(range) {
  return touchedBy(range).flatMap((passage) => {
    const part = document.createRange();
    part.selectNodeContents(passage);
    if (passage.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (passage.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    return [...part.getClientRects()].filter(({ width }) => width > 1);
  });
}

function touchedBy(range) {
  return passages().filter((passage) => range.intersectsNode(passage));
}

function found(all, of) {
  for (const one of all) {
    const number = of(one);
    if (number !== undefined) return number;
  }
}

/** A word is taken by any letter or digit of it; what stands in a correction takes all words it replaces. */
function numbersIn(range, passage) {
  const { nodes, words } = wordsOf(passage);
  const taken = nodes.filter((one) => isRead(one.node) && range.intersectsNode(one.node)).flatMap((one) => {
    const from = one.node === range.startContainer ? range.startOffset : 0;
    const to = one.node === range.endContainer ? range.endOffset : one.node.data.length;
    const text = one.node.data.slice(from, to);
    if (!LETTER.test(text)) return [];
    if (!one.raw) return indexesOf(words, one.start, one.end);
    const start = one.start + from;
    return indexesOf(words, start + text.search(LETTER), start + text.search(LAST_LETTER) + 1);
  });
  return taken.length ? [Math.min(...taken), Math.max(...taken)].map((at) => firstWord(passage) + at) : null;
}
