// Citing a transcript or words of it: what the build left open is address, day and doubt.

import { dataAddress, pageAddress, plainAddressOf } from "./address.js";
import { button, copy, element } from "./dom.js";
import { numbered, voicesIn, withDoubt } from "./words.js";

// What each form is called, the ending of its file where programs read it, and its name in full.
const FORMS = [
  ["apa", "APA"], ["mla", "MLA"], ["chicago", "Chicago"],
  ["bibtex", "BibTeX", "bib", "BibTeX (biblatex)"], ["ris", "RIS", "ris"], ["csl", "CSL-JSON", "json"],
];

/** On the page of a quote: the page of its interview, and the words. */
function quotePage() {
  const [, slug, first, last] = /\/quotes\/([^/]+)\/w(\d+)-(\d+)\/$/.exec(location.pathname) ?? [];
  return slug && { page: new URL(`../../../interviews/${slug}`, location).href, words: { first: +first, last: +last } };
}

function recordAddress() {
  return (quotePage()?.page ?? dataAddress()?.replace(/\.json$/, ""))?.concat(".cite.json");
}

/** Where the words are read, or the whole. */
function readAt(words) {
  const quote = quotePage();
  if (quote) return `${quote.page}/#w${words.first}-${words.last}`;
  return words ? plainAddressOf(words.first, words.last) : pageAddress();
}

/** Why a name may be wrong or missing, in sentences; of the whole less than of words. */
function doubtOf(voices, words) {
  const named = voices.filter(({ person }) => person);
  const notes = [unknownNote(voices, named, words), inferredNote(named, words), words && uncertainNote(voices)];
  return notes.filter(Boolean).join(" ");
}

function unknownNote(voices, named, words) {
  if (named.length === voices.length) return "";
  if (!named.length) return "Speaker unknown.";
  return words ? "The speaker of some words is unknown." : "";
}

/** Whose name was inferred, where it is not everybody's, and of words how sure the least sure of them are. */
function inferredNote(named, words) {
  const some = named.filter((voice) => voice.inferred < Infinity);
  if (!some.length) return "";
  const whose = some.length < named.length ? `Attribution to ${namesOf(some)}` : "Speaker";
  const sure = words ? `, ${Math.min(...some.map((voice) => voice.inferred))} percent sure` : "";
  return `${whose} inferred from the words alone${sure}; not checked by an editor.`;
}

/** Of whose words an editor was in doubt, where it is not everybody's. */
function uncertainNote(voices) {
  const some = voices.filter((voice) => voice.uncertain);
  if (!some.length) return "";
  const whose = some.length < voices.length ? ` to ${namesOf(some)}` : "";
  return `Attribution${whose} uncertain.`;
}

/** Names in a sentence, on one line: nothing in them opens a field of its own. */
function namesOf(voices) {
  const names = voices.map(({ name }) => name.replace(/[\s\p{Cc}]+/gu, " "));
  return [names.slice(0, -1).join(", "), names[names.length - 1]].filter(Boolean).join(" and ");
}

// What TeX would not print as it stands, as build_tools/cite/formats.py has it.
const TEX = { "\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum" };

function tex(text) {
  return text.replace(/[\\{}~^%&$#_]/g, (mark) => (TEX[mark] ? `\\text${TEX[mark]}{}` : `\\${mark}`));
}

function written(day, form) {
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  if (!form) return parts;
  const [year, , date] = parts;
  const month = day.toLocaleDateString("en-US", { month: "long" });
  if (form === "long") return `${month} ${date}, ${year}`;
  if (form === "short") return `${date} ${month.replace(/^(Sept|...).{2,}/, "$1.")} ${year}`; // as MLA has it
  return parts.map((part) => String(part).padStart(2, "0")).join(form === "iso" ? "-" : "/");
}

/** A citation as nodes, with what was open in it; an item of CSL-JSON with a line for each field. */
function filled(citation, { id, url, day, doubt }) {
  if (!Array.isArray(citation)) {
    const note = [citation.note, doubt].filter(Boolean).join(" ") || undefined;
    const item = { ...citation, id, URL: url, accessed: { "date-parts": [written(day)] }, note };
    const fields = Object.entries(item).filter(([, value]) => value);
    const lines = fields.map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
    return [`[{\n${lines.join(",\n")}\n}]\n`];
  }
  const fill = {
    i: (textContent) => element("i", { textContent }),
    id: () => id,
    url: () => url,
    day: (form) => written(day, form),
    doubt: (before, after) => doubt && before + doubt + after,
  };
  return citation.map((piece) => (typeof piece === "string" ? piece : fill[piece[0]](...piece.slice(1))));
}

function section([, title, ending, fullTitle = title], nodes, id, tell) {
  const shown = element(ending ? "pre" : "p", {}, ...nodes);
  const text = nodes.map((node) => node.textContent ?? node).join(""); // the page would lose a carriage return
  const tools = [button("Copy", async () => {
    const done = await copy(text, ending ? "" : shown.innerHTML); // of text and <i> made above
    if (!done) getSelection().selectAllChildren(shown);
    tell(title + (done ? " copied." : " could not be copied; it is selected."));
  }, { "aria-label": `Copy ${title}` })];
  if (ending) {
    tools.push(button("Download", () => {
      const href = URL.createObjectURL(new Blob([text]));
      element("a", { href, download: `${id}.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
      tell(`${title} downloaded.`);
    }, { "aria-label": `Download ${title}` }));
  }
  return element("section", {}, element("h3", {}, fullTitle), ...tools, shown);
}

function show(title, contents, status = "") {
  const end = element("div", { className: "cite-end" }, status, button("Close", () => dialog.close()));
  const dialog = element("dialog", { className: "cite", "aria-label": title }, element("h2", {}, title), ...contents, end);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the page has keys of its own
  document.body.append(dialog);
  dialog.showModal();
}

/** What the build set for words of these voices, or for the whole. */
function citationIn(record, voices, words) {
  const who = record.people.filter((id) => voices.some(({ person }) => person === id)).join(" ");
  return record.citations[(words && record.words[who]) ?? record.whole];
}

/** Show how to cite words {first, last} of this page, or all of it, as read on a day. */
export async function openCitations(words = quotePage()?.words, day = new Date()) {
  const { first = 0, last = Infinity } = words ?? {};
  const voices = voicesIn(first, last);
  const names = voices.map((voice) => withDoubt(voice));
  const title = words ? `Cite ${[numbered(first, last, "–"), ...names].join(", ")}` : "Cite this transcript";
  const record = await fetch(recordAddress()).then((answer) => answer.json()).catch(() => null);
  if (!record) return show(title, ["The citations could not be loaded."]);
  const citation = citationIn(record, voices, words);
  const id = record.slug + (words ? `-w${first}-${last}` : "");
  const doubt = doubtOf(voices, words);
  const facts = { id, url: readAt(words), day, doubt };
  const status = element("p", { role: "status" });
  const tell = (text) => { status.textContent = text; };
  const nodesOf = (form) => filled(citation[form], form === "bibtex" ? { ...facts, doubt: tex(doubt) } : facts);
  const sections = FORMS.map((form) => section(form, nodesOf(form[0]), id, tell));
  return show(title, sections, status);
}

/** A page has come: offer to cite it. */
export function offerCitations() {
  const dateline = document.querySelector(".md-content .dateline");
  if (!dateline || !recordAddress() || dateline.querySelector(".cite-open")) return;
  const opener = button("Cite", () => openCitations(), { className: "cite-open" });
  dateline.append(element("span", { className: "cite-offer" }, " · ", opener));
}
