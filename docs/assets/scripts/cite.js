// Citing an interview or words of it. The build has set each citation but for what it cannot know:
// the address, the day of access, and whether anybody doubts who speaks. Those are filled in here.

import { plainAddressOf } from "./address.js";
import { firstWord, passages, wordsOf } from "./words.js";

// In a reader's order: what each is called, and the name of its file where programs read it.
const FORMS = { apa: ["APA"], mla: ["MLA"], chicago: ["Chicago"], bibtex: ["BibTeX", "bib"], ris: ["RIS", "ris"], csl: ["CSL-JSON", "json"] };
const QUOTE_PAGE = /\/quotes\/([^/]+)\/w(\d+)-(\d+)\/$/;
const UNCERTAIN = " (attribution uncertain)";

// ── what is known ──────────────────────────────────────────────────────

/** Where the citations of this page are; nothing where it has none. */
function dataAddress() {
  const quoted = QUOTE_PAGE.exec(location.pathname);
  if (quoted) return new URL(`../../../interviews/${quoted[1]}.cite.json`, location).href;
  const link = [...document.querySelectorAll('.dateline a[href$=".json"]')].pop();
  return link?.origin === location.origin ? link.href.replace(/json$/, "cite.json") : undefined;
}

/** The words that a quote's own page is about; nothing on any other. */
function ownWords() {
  const [, , first, last] = QUOTE_PAGE.exec(location.pathname) ?? [];
  return first && { first: Number(first), last: Number(last) };
}

function addressOf(words) {
  const quoted = QUOTE_PAGE.exec(location.pathname);
  if (quoted) return new URL(`../../../interviews/${quoted[1]}/#w${words.first}-${words.last}`, location).href;
  if (words) return plainAddressOf(words.first, words.last);
  return (document.querySelector("link[rel=canonical]")?.href ?? location.href).split("#")[0];
}

/** The elements that say who speaks words first…last, or all; a quote's page has only its own. */
function spoken({ first, last } = { first: 0, last: Infinity }) {
  const all = passages();
  if (!all.length) return [...document.querySelectorAll(".md-content [data-speaker]")];
  return all.flatMap((passage, index) => {
    const from = firstWord(passage);
    const next = all[index + 1] ? firstWord(all[index + 1]) : Infinity;
    if (last < from || first >= next) return [];
    const { nodes, words } = wordsOf(passage);
    const { start } = words[Math.max(0, first - from)];
    const { end } = words[Math.min(words.length - 1, last - from)];
    return nodes
      .filter((one) => one.start < end && one.end > start && /[\p{L}\p{N}]/u.test(one.node.data))
      .map(({ node }) => node.parentElement.closest("[data-speaker]"));
  });
}

/** Everybody who speaks, each once and as unsure as at their least sure: [{name, person, inferred}]. */
function voicesOf(words) {
  const voices = new Map();
  for (const { dataset: { speaker, person, inferred } } of spoken(words)) {
    const before = voices.get(speaker)?.inferred ?? Infinity;
    voices.set(speaker, { name: speaker, person, inferred: Math.min(inferred ?? Infinity, before) });
  }
  return [...voices.values()];
}

/** Why a name may be wrong, in sentences without marks that TeX would take for its own; "" where none may. */
function doubtOf(voices, words) {
  const unknown = voices.filter(({ person }) => !person);
  const least = Math.min(...voices.filter(({ person }) => person).map(({ inferred }) => inferred));
  const said = [];
  if (voices.length && unknown.length === voices.length) said.push("Speaker unknown.");
  else if (words && unknown.length) said.push("The speaker of some of these words is unknown.");
  if (least < Infinity) {
    const sure = words ? `, ${least} percent sure` : "";
    said.push(`${voices.length > 1 ? "Speakers" : "Speaker"} inferred from the words alone${sure}; not checked by an editor.`);
  }
  if (words && voices.some(({ name }) => name.endsWith(UNCERTAIN))) said.push("Attribution uncertain.");
  return said.join(" ");
}

function named({ name, inferred }) {
  return inferred < Infinity ? `${name} (inferred, ${inferred}%)` : name;
}

// ── filling in ─────────────────────────────────────────────────────────

/** A day as a citation writes it. */
function written(day, form) {
  const [year, month, date] = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  if (form === "long" || form === "short") {
    const name = day.toLocaleDateString("en-US", { month: "long" });
    const brief = name.length < 5 ? name : `${name.slice(0, name === "September" ? 4 : 3)}.`; // as MLA has it
    return form === "long" ? `${name} ${date}, ${year}` : `${date} ${brief} ${year}`;
  }
  return [year, month, date].map((part) => String(part).padStart(2, "0")).join(form === "iso" ? "-" : "/");
}

/** A citation's pieces as text, and as nodes for the page. */
function filled(pieces, { id, url, day, doubt }) {
  const nodes = pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    const [kind, one, other] = piece;
    if (kind === "url") return url;
    if (kind === "id") return id;
    if (kind === "day") return written(day, one);
    if (kind === "doubt") return doubt && one + doubt + other;
    const slanted = document.createElement("i");
    slanted.textContent = one;
    return slanted;
  });
  return { nodes, text: nodes.map((node) => node.textContent ?? node).join("") };
}

function asJson({ note, ...item }, { id, url, day, doubt }) {
  const notes = [note, doubt].filter(Boolean).join(" ");
  const accessed = { "date-parts": [[day.getFullYear(), day.getMonth() + 1, day.getDate()]] };
  const text = `${JSON.stringify([{ ...item, id, URL: url, accessed, ...(notes && { note: notes }) }], null, 1)}\n`;
  return { nodes: [text], text };
}

// ── the dialog ─────────────────────────────────────────────────────────

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text, label, act) {
  const made = element("button", { type: "button", textContent: text });
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

async function copy(shown, text, isStyled) {
  const plain = new Blob([text], { type: "text/plain" });
  if (isStyled && typeof ClipboardItem !== "undefined") {
    const html = new Blob([shown.innerHTML], { type: "text/html" }); // made of text and <i> above
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": html })]);
  }
  return navigator.clipboard.writeText(text);
}

function download(text, name) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** One form: its name, what can be done with it, its text. */
function section([title, ending], { nodes, text }, id, tell) {
  const shown = element(ending ? "pre" : "p", { className: "cite-text" }, ...nodes);
  if (ending) shown.tabIndex = 0; // scrolls sideways, by the keyboard too
  if (ending) shown.setAttribute("role", "region");
  if (ending) shown.setAttribute("aria-label", title);
  const tools = [button("Copy", `Copy ${title}`, () => copy(shown, text, !ending)
    .then(() => tell(`${title} copied.`))
    .catch(() => {
      getSelection().selectAllChildren(shown);
      tell(`${title} could not be copied; it is selected.`);
    }))];
  if (ending) {
    tools.push(button("Download", `Download ${title}`, () => {
      download(text, `${id}.${ending}`);
      tell(`${id}.${ending} downloaded.`);
    }));
  }
  return element("section", {}, element("h3", { textContent: title }), ...tools, shown);
}

function show(title, contents) {
  document.querySelector("dialog.cite")?.close();
  const heading = element("h2", { id: "cite-title", textContent: title });
  const dialog = element("dialog", { className: "cite" }, heading, ...contents);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.prepend(button("Close", "", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the theme has keys of its own
  document.body.append(dialog);
  dialog.showModal();
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** Show how to cite words {first, last} of this page, or all of it, if read on a day. */
export async function openCitations(words = ownWords(), day = new Date()) {
  const voices = voicesOf(words);
  const range = words && (words.first === words.last ? `word ${words.first}` : `words ${words.first}–${words.last}`);
  const title = words ? `Cite ${[range, ...voices.map(named)].join(", ")}` : "Cite this transcript";
  const facts = { url: addressOf(words), day, doubt: doubtOf(voices, words) };
  let record;
  try {
    record = await load(dataAddress());
  } catch {
    show(title, [element("p", { textContent: "The citations could not be loaded." })]);
    return;
  }
  const speaking = new Set(voices.map(({ person }) => person));
  const who = record.people.filter((person) => speaking.has(person)).join(" ");
  const citation = record.citations[(words && record.words[who]) ?? record.whole];
  facts.id = record.slug + (words ? `-w${words.first}-${words.last}` : "");
  const status = element("p", { className: "cite-status" });
  status.setAttribute("role", "status");
  const sections = Object.entries(FORMS).map(([name, form]) => {
    const set = name === "csl" ? asJson(citation.csl, facts) : filled(citation[name], facts);
    return section(form, set, facts.id, (text) => { status.textContent = text; });
  });
  show(title, [...sections, status]);
}

/** A page has come: offer to cite it. */
export function offerCitations() {
  const dateline = document.querySelector(".md-content .dateline");
  if (!dateline || !dataAddress() || dateline.querySelector(".cite-open")) return;
  const opener = button("Cite", "", () => openCitations());
  opener.className = "cite-open";
  dateline.append(" · ", opener);
}
