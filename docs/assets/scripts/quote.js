// A quote: whose words they are, as this reader reads them, and how it is spelled for elsewhere.

import { addressOf, plainAddressOf } from "./address.js";
import { isVerbatim } from "./reading.js";
import { indexesOf, isRead } from "./selection.js";
import { firstWord, passages, wordsOf } from "./words.js";

/**
 * Words first…last of the page as data:
 * {voices: [{who, named, paragraphs: ["…"]}], where, title, verbatim, address, plain}.
 */
export function quoteOf(first, last) {
  const voices = [];
  for (const part of passages().flatMap((passage) => partsOf(passage, first, last))) {
    const before = voices[voices.length - 1];
    // Nobody known after nobody known may be somebody else.
    if (part.named && before?.who === part.who) before.paragraphs.push(part.text);
    else voices.push({ who: part.who, named: part.named, paragraphs: [part.text] });
  }
  const heading = document.querySelector(".md-content h1");
  return {
    voices,
    where: document.querySelector(".dateline")?.dataset.where?.replaceAll(" · ", ", ") ?? "",
    title: [...heading.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data).join("").trim(),
    verbatim: isVerbatim(),
    address: addressOf(first, last),
    plain: plainAddressOf(first, last),
  };
}

/** What each voice says in a passage of words first…last: [{who, named, text}]. */
function partsOf(passage, first, last) {
  const offset = firstWord(passage);
  if (offset > last) return [];
  const { nodes, words } = wordsOf(passage);
  const [from, to] = [Math.max(0, first - offset), Math.min(words.length - 1, last - offset)];
  if (from > to) return [];
  const parts = [];
  // With the space after it: words only added may follow.
  const [start, end] = [words[from].start, words[to + 1]?.start ?? Infinity];
  for (const one of nodes.filter(isRead)) {
    const text = one.raw
      ? one.node.data.slice(Math.max(0, start - one.start), Math.max(0, end - one.start))
      : corrected(one, words, from, to);
    const before = parts[parts.length - 1];
    const voice = one.node.parentElement.closest("[data-speaker]");
    if (before && (before.voice === voice || !text.trim())) before.text += text;
    else if (text.trim()) parts.push({ voice, text });
  }
  return parts.map(({ voice, text }) => ({
    who: who(voice.dataset),
    named: "person" in voice.dataset,
    text: text.trim().replace(/\s+/g, " "),
  }));
}

/** Corrected words, where any word that they replace is among words from…to of the passage. */
function corrected({ node, start, end }, words, from, to) {
  const [low, high] = indexesOf(words, start, end);
  return low <= to && high >= from ? node.data : "";
}

/** A name with any doubt behind it, as the pages write it. */
function who({ speaker, inferred }) {
  const name = speaker.replace(" (attribution uncertain)", " (?)");
  return inferred ? `${name} (inferred, ${inferred}%)` : name;
}

// ── spelling it ────────────────────────────────────────────────────────

/** “Words.” — Jane Doe, Outlet, 1 May 2026, and the address; of several speakers, each on a line. */
export function asText(quote) {
  return `${withoutAddress(quote)}\n${quote.address}`;
}

/** The same, for where the address goes a way of its own. */
export function withoutAddress(quote) {
  const said = quote.voices.map(({ who, paragraphs }) =>
    (quote.voices.length > 1 ? `${who}: ` : "") + inMarks(paragraphs.join("\n\n")));
  return `${said.join("\n")}\n${source(quote, plain)}`;
}

export function asMarkdown(quote) {
  // A bracket would end the link.
  const address = quote.address.replace(/[()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  const link = `[${forMarkdown(quote.title)}](${address})`;
  const lines = [...told(quote, forMarkdown, "**"), source(quote, forMarkdown, link)];
  return `${lines.map((line) => `> ${line}`).join("\n>\n")}\n`;
}

export function asHtml(quote) {
  const link = `<a href="${forHtml(quote.address)}">${forHtml(quote.title)}</a>`;
  const said = told(quote, forHtml, "<b>", "</b>").map((text) => `<p>${text}</p>\n`).join("");
  const words = `<blockquote cite="${forHtml(quote.plain)}">\n${said}</blockquote>`;
  return `${words}\n<p>${source(quote, forHtml, link)}</p>\n`;
}

/** The paragraphs, with a name where another of several begins to speak. */
function told({ voices }, spell, open, close = open) {
  return voices.flatMap(({ who, paragraphs }) => paragraphs.map((text, at) =>
    (at || voices.length < 2 ? "" : `${open}${spell(who)}:${close} `) + spell(text)));
}

/** Who, unless each has been named before, and where. */
function source({ voices, where, verbatim }, spell, link) {
  const who = voices.length === 1 && spell(voices[0].who);
  return `— ${[who, link, spell(where)].filter(Boolean).join(", ")}${verbatim ? " (verbatim)" : ""}`;
}

/** In quotation marks, unless all of it stands in a pair already. */
function inMarks(text) {
  return /^“[^“”]*”$/.test(text) ? text : `“${text}”`;
}

function plain(text) {
  return text;
}

function forMarkdown(text) {
  return text
    .replace(/[\\`*_~^=|${}[\]<>&#@]|:(?=\/)|(?<=www)\./gi, "\\$&")
    .replace(/^[-+]|(?<=^\d+)[.)]/, "\\$&"); // a list
}

function forHtml(text) {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
