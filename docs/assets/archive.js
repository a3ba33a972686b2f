// Reading clean or verbatim, and marking the words an address names.
// Without this script a page still reads clean and opens at the passage.
(() => {
  "use strict";

  const READINGS = ["clean", "verbatim"];
  const STORE = "archive-reading";
  // White space as the build step splits on it, so that words are counted alike.
  const WORD = /[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const ADDRESS = /^#w(\d+)-(\d+)$/;

  // ── clean or verbatim ──────────────────────────────────────────────────

  function stored() {
    try {
      return localStorage.getItem(STORE);
    } catch {
      return null; // storage may be forbidden; the choice then lasts one page
    }
  }

  function read(as) {
    document.documentElement.dataset.reading = as;
    for (const button of document.querySelectorAll(".reading button")) {
      button.setAttribute("aria-pressed", String(button.value === as));
    }
    try {
      localStorage.setItem(STORE, as);
    } catch { /* as above */ }
    dispatchEvent(new CustomEvent("archive:reading"));
  }

  function offerReadings() {
    const status = document.querySelector(".md-content .status");
    if (!status || document.querySelector(".reading")) return;
    if (!document.querySelector(".passage :is(del, ins).critic")) return;
    const group = document.createElement("div");
    group.className = "reading";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Read the transcript");
    for (const as of READINGS) {
      const button = document.createElement("button");
      button.type = "button";
      button.value = as;
      button.textContent = as === "clean" ? "Clean" : "Verbatim";
      button.addEventListener("click", () => read(as));
      group.append(button);
    }
    status.after(group);
  }

  // ── words ──────────────────────────────────────────────────────────────

  /**
   * The raw words of a passage: [{start, end}] into their joined text, and its
   * text nodes with the stretch of that text each stands for. Corrected words
   * count for nothing and stand where the raw ones do.
   */
  function wordsOf(passage) {
    const nodes = [];
    let text = "";
    let replaced = 0; // where the raw words begin that the next <ins> replaces
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".speaker, .permalink")) continue;
      if (node.parentElement.closest("ins")) {
        nodes.push({ node, raw: false, start: Math.min(replaced, text.length), end: text.length });
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

  function firstWord(passage) {
    return Number(passage.id.slice(1));
  }

  /** Wrap words first…last of the page in <mark>; returns the marks. */
  function mark(first, last) {
    const marks = [];
    const passages = [...document.querySelectorAll("p.passage[id^=w]")];
    passages.forEach((passage, index) => {
      const from = firstWord(passage);
      const next = passages[index + 1] ? firstWord(passages[index + 1]) : Infinity;
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

  function unmark() {
    document.querySelector(".arrival")?.remove();
    for (const marked of document.querySelectorAll("mark.words")) {
      const parent = marked.parentNode;
      marked.replaceWith(...marked.childNodes);
      parent.normalize();
    }
  }

  /** The numbers of the page's first and last word; nothing where the page has no words. */
  function numbers() {
    const passages = [...document.querySelectorAll("p.passage[id^=w]")];
    const last = passages[passages.length - 1];
    return last && { low: firstWord(passages[0]), high: firstWord(last) + wordsOf(last).words.length - 1 };
  }

  // ── addresses from before the raw file was replaced ────────────────────

  /**
   * Where words first…last of a former raw file are now: {low, high, kept, nearest}, low and high 0 where
   * they are gone; nothing where no such file had them. Its words that were kept (=), exchanged (~), gone (-)
   * and new (+), in order, up to the page's last word: the same walk as build_tools.addresses.resolve.
   */
  function resolve(first, last, begin) {
    const former = document.querySelector(".dateline")?.dataset.former ?? "";
    for (const [, from, runs] of former.matchAll(/(\d+):(\S+)/g)) {
      let [old, now, low, high, kept, nearest] = [Number(from), begin, 0, 0, 0, 0];
      if (first < old) continue;
      for (const [, count, change] of runs.matchAll(/(\d+)([=~+-])/g)) {
        const size = Number(count);
        const [start, end] = [Math.max(old, first), Math.min(old + size - 1, last)];
        const stays = change === "=" || change === "~";
        if (change !== "+" && start <= end) {
          nearest ||= now + (stays ? start - old : 0);
          if (stays) {
            low ||= now + start - old;
            high = now + end - old;
          }
          if (change === "=") kept += end - start + 1;
        }
        if (change !== "+") old += size;
        if (change !== "-") now += size;
      }
      if (last < old) return { low, high, kept, nearest: low || Math.min(nearest, now - 1) };
    }
  }

  /** The passage that holds a word. */
  function passageOf(number) {
    const passages = [...document.querySelectorAll("p.passage[id^=w]")];
    return passages.reverse().find((passage) => firstWord(passage) <= number);
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
    show(seen(marks));
    return true;
  }

  // ── arriving at an address ─────────────────────────────────────────────

  let stopShowing = () => {}; // an arrival ends the one before

  function arrive() {
    stopShowing();
    unmark();
    const address = ADDRESS.exec(location.hash);
    const here = numbers();
    if (!address || !here) {
      arriveAtPassage(here);
      return;
    }
    const [first, last] = [Number(address[1]), Number(address[2])];
    if (first < here.low || last < first || last > here.high) {
      if (last >= first && arriveAtFormer(first, last, here)) return;
      const count = here.high - here.low + 1;
      tell(`There are no words ${first} to ${last} here: this transcript has ${count}.`);
      return;
    }
    const marks = mark(first, last);
    tell(told(marks, first, last));
    show(seen(marks));
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
    const [, kind, number] = /^#([wc])(\d+)$/.exec(location.hash) ?? [];
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
    const clear = document.createElement("button");
    clear.type = "button";
    clear.textContent = "Clear";
    clear.addEventListener("click", () => {
      history.replaceState(history.state, "", location.pathname + location.search);
      unmark();
    });
    note.append(words);
    if (nearest) {
      const link = document.createElement("a");
      link.href = `#${nearest.id}`;
      link.textContent = "Nearest passage";
      note.append(link);
    }
    note.append(clear);
    document.body.append(note);
    // A screen reader announces what changes inside a status, not what it is born with.
    setTimeout(() => { words.textContent = text; }, 0);
  }

  // What explain.js needs of this.
  window.archive = { wordsOf, firstWord };

  // ── start ──────────────────────────────────────────────────────────────

  function open() {
    offerReadings();
    read(READINGS.includes(stored()) ? stored() : "clean");
    arrive();
  }

  addEventListener("hashchange", arrive);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(".arrival")) {
      document.querySelector(".arrival button").click();
    }
  });
  // Material swaps pages without loading them anew, and says so here.
  if (typeof document$ !== "undefined") document$.subscribe(open);
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", open);
  else open();
})();
