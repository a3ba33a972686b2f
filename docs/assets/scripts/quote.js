// A quote: whose words they are, as this reader reads them, and how it is spelled for elsewhere.

import { addressOf, plainAddressOf } from "./address.js";
import { isRead, isVerbatim } from "./reading.js";
import { homeOf, stretches, voiceOf, withDoubt } from "./words.js";

/**
 * Words first…last of the page as data:
 * {voices: [{who, named, paragraphs: ["…"]}], where, title, verbatim, edited, address, plain}.
 */
export function quoteOf(first, last) {
  const voices = [];
  for (const { home, text } of partsOf(first, last)) {
    const [before, voice] = [voices[voices.length - 1], saying(home, text)];
    // Nobody known after nobody known may be somebody else.
    if (voice.named && before?.who === voice.who) before.paragraphs.push(...voice.paragraphs);
    else voices.push(voice);
  }
  const heading = document.querySelector(".md-content h1");
  return {
    voices,
    where: document.querySelector(".dateline")?.dataset.where?.replaceAll(" · ", ", ") ?? "",
    title: [...heading.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data).join("").trim(),
    verbatim: isVerbatim(),
    edited: !isVerbatim() && lettersWithout("ins", first, last) !== lettersWithout("del", first, last),
    address: addressOf(first, last),
    plain: plainAddressOf(first, last),
  };
}

/** A paragraph and who says it: {who, named, paragraphs}; who with any doubt behind the name, as the pages write it. */
export function saying(home, text) {
  const voice = voiceOf(home);
  const who = withDoubt(voice, { doubt: "?" });
  return { who, named: Boolean(voice.person), paragraphs: [text.trim().replace(/\s+/g, " ")] };
}

/** What is read of words first…last, by the passages or parts of them that say who speaks: [{home, text}]. */
function partsOf(first, last) {
  const parts = [];
  for (const { node, from, to } of stretches(first, last).filter((one) => isRead(one.node))) {
    const home = homeOf(node);
    // What is put in may follow a word whose space is not among the words asked for.
    const text = (node.parentElement.closest("ins") ? " " : "") + node.data.slice(from, to);
    const before = parts[parts.length - 1];
    if (before && (before.home === home || !text.trim())) before.text += text;
    else if (text.trim()) parts.push({ home, text });
  }
  return parts;
}

/** The letters and digits of words first…last, in lower case, but for what stands in such elements. */
function lettersWithout(name, first, last) {
  return stretches(first, last).filter(({ node }) => !node.parentElement.closest(name))
    .map(({ node, from, to }) => node.data.slice(from, to)).join("").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
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
  return `> ${lines.join("\n>\n> ")}\n`;
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

/** Who, unless each has been named before, where, and whether it is word for word. */
function source({ voices, where, verbatim, edited }, spell, link) {
  const who = voices.length === 1 && spell(voices[0].who);
  const reading = (verbatim && " (verbatim)") || (edited && " (lightly edited)") || "";
  return `— ${[who, link, spell(where)].filter(Boolean).join(", ")}${reading}`;
}

/** In quotation marks, in place of those that stand around all of it, or at an end without their other. */
export function inMarks(text) {
  const other = {}; // where a mark stands → where the one stands that it belongs to
  const open = [];
  for (const { 0: mark, index } of text.matchAll(/[“”"]/g)) {
    const before = open[open.length - 1];
    if (mark === "“" || (mark === '"' && text[before] !== mark)) open.push(index);
    else if (open.length) [other[index], other[open.pop()]] = [before, index];
  }
  const end = text.length - 1;
  const goes = (at, whole) => /[“”"]/.test(text[at]) && (other[at] ?? whole) === whole;
  return `“${text.slice(+goes(0, end), goes(end, 0) ? end : end + 1)}”`;
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
