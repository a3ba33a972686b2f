// Citing a transcript or words of it: what the build left open is address, day and doubt.

import { plainAddressOf } from "./address.js";
import { firstWord, passages, wordsOf } from "./words.js";

// What each form is called, and the ending of its file where programs read it.
const FORMS = [
  ["apa", "APA"], ["mla", "MLA"], ["chicago", "Chicago"],
  ["bibtex", "BibTeX", "bib"], ["ris", "RIS", "ris"], ["csl", "CSL-JSON", "json"],
];

/** On the page of a quote: the page of its interview, and the words. */
function quotePage() {
  const [, slug, first, last] = /\/quotes\/([^/]+)\/w(\d+)-(\d+)\/$/.exec(location.pathname) ?? [];
  return slug && { page: new URL(`../../../interviews/${slug}`, location).href, words: { first: +first, last: +last } };
}

function dataAddress() {
  const data = quotePage()?.page ?? [...document.querySelectorAll('.dateline a[href$=".json"]')].pop()?.href;
  return data?.startsWith(location.origin) && `${data.replace(/\.json$/, "")}.cite.json`;
}

function addressOf(words) {
  const quote = quotePage();
  if (quote) return `${quote.page}/#w${words.first}-${words.last}`;
  if (words) return plainAddressOf(words.first, words.last);
  return (document.querySelector("link[rel=canonical]") ?? location).href.split("#")[0];
}

function spoken({ first, last } = { first: 0, last: Infinity }) {
  const all = passages();
  if (!all.length) return [...document.querySelectorAll(".md-content [data-speaker]")];
  return all.flatMap((passage, index) => {
    const from = firstWord(passage);
    if (last < from || (all[index + 1] && first >= firstWord(all[index + 1]))) return [];
    const { nodes, words } = wordsOf(passage);
    const { start } = words[Math.max(0, first - from)] ?? {};
    const { end } = words[Math.min(words.length - 1, last - from)];
    return nodes
      .filter((one) => one.start < end && one.end > start && /[\p{L}\p{N}]/u.test(one.node.data))
      .map(({ node }) => node.parentElement.closest("[data-speaker]"));
  });
}

/** Everybody who speaks, each as unsure as at their least sure: [{speaker, person, inferred}]. */
function voicesOf(words) {
  const voices = new Map();
  for (const { dataset: { speaker, person, inferred = Infinity } } of spoken(words)) {
    voices.set(speaker, { speaker, person, inferred: Math.min(inferred, voices.get(speaker)?.inferred ?? Infinity) });
  }
  return [...voices.values()];
}

/** Why a name may be wrong, without marks that TeX takes for its own. */
function doubtOf(voices, words) {
  const named = voices.filter(({ person }) => person);
  const least = Math.min(...named.map(({ inferred }) => inferred));
  const sure = words ? `, ${least} percent sure` : "";
  return [
    named.length < voices.length && (named.length ? words && "The speaker of some words is unknown." : "Speaker unknown."),
    least < Infinity && `Speaker inferred from the words alone${sure}; not checked by an editor.`,
    words && voices.some(({ speaker }) => speaker.endsWith("(attribution uncertain)")) && "Attribution uncertain.",
  ].filter(Boolean).join(" ");
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
    return [`[{\n${fields.map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`).join(",\n")}\n}]\n`];
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

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(textContent, ariaLabel, act) {
  const made = element("button", { type: "button", textContent, ariaLabel });
  made.addEventListener("click", act);
  return made;
}

async function copy(shown, text, isStyled) {
  if (!isStyled || typeof ClipboardItem === "undefined") return navigator.clipboard.writeText(text);
  const blob = (data, type) => ({ [type]: new Blob([data], { type }) });
  const html = blob(shown.innerHTML, "text/html"); // of text and <i> made above
  return navigator.clipboard.write([new ClipboardItem({ ...blob(text, "text/plain"), ...html })]);
}

function section(title, ending, nodes, id, tell) {
  const shown = element(ending ? "pre" : "p", {}, ...nodes);
  const text = nodes.map((node) => node.textContent ?? node).join(""); // the page would lose a carriage return
  const tools = [button("Copy", `Copy ${title}`, () => copy(shown, text, !ending).then(
    () => tell(`${title} copied.`),
    () => {
      getSelection().selectAllChildren(shown);
      tell(`${title} could not be copied; it is selected.`);
    },
  ))];
  if (ending) {
    tools.push(button("Download", `Download ${title}`, () => {
      const href = URL.createObjectURL(new Blob([text]));
      element("a", { href, download: `${id}.${ending}` }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
      tell(`${title} downloaded.`);
    }));
  }
  return element("section", {}, element("h3", { textContent: title }), ...tools, shown);
}

function show(ariaLabel, contents, status = "") {
  const heading = element("h2", { textContent: ariaLabel });
  const dialog = element("dialog", { className: "cite", ariaLabel }, heading, ...contents);
  dialog.append(element("div", { className: "cite-end" }, status, button("Close", null, () => dialog.close())));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // beside it
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the page has keys of its own
  document.body.append(dialog);
  dialog.showModal();
}

/** Show how to cite words {first, last} of this page, or all of it, as read on a day. */
export async function openCitations(words = quotePage()?.words, day = new Date()) {
  const voices = voicesOf(words);
  const { first, last } = words ?? {};
  const names = voices.map(({ speaker, inferred }) => speaker + (inferred < Infinity ? ` (inferred, ${inferred}%)` : ""));
  const range = first === last ? `word ${first}` : `words ${first}–${last}`;
  const title = words ? `Cite ${[range, ...names].join(", ")}` : "Cite this transcript";
  const record = await fetch(dataAddress()).then((answer) => answer.json()).catch(() => null);
  if (!record) return show(title, ["The citations could not be loaded."]);
  const who = record.people.filter((id) => voices.some(({ person }) => person === id)).join(" ");
  const citation = record.citations[(words && record.words[who]) ?? record.whole];
  const id = record.slug + (words ? `-w${first}-${last}` : "");
  const facts = { id, url: addressOf(words), day, doubt: doubtOf(voices, words) };
  const status = element("p", { role: "status" });
  const tell = (text) => { status.textContent = text; };
  const sections = FORMS.map(([form, name, ending]) => section(name, ending, filled(citation[form], facts), id, tell));
  return show(title, sections, status);
}

/** A page has come: offer to cite it. */
export function offerCitations() {
  const dateline = document.querySelector(".md-content .dateline");
  if (!dateline || !dataAddress() || dateline.querySelector(".cite-open")) return;
  const opener = button("Cite", null, () => openCitations());
  opener.className = "cite-open";
  dateline.append(" · ", opener);
}
