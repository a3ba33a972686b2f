// The page of all quotes: only somebody's, only those on a topic. The address says which, so that
// a choice can be linked and Back undoes it. Without scripts all quotes are there.

import { element } from "./dom.js";

const CHOICES = { person: ["By", "everybody"], topic: ["On", "everything"] };
const KINDS = Object.keys(CHOICES);

let quotes = []; // of this page, with the names of whose each is and of what it is on, by id

/** A page has come, or its address changed: show what the address asks for. */
export function openChoice() {
  const list = document.querySelector(".quotes");
  if (!list?.children.length) return;
  const choice = document.querySelector(".choice") ?? offer(list);
  const wanted = wantedHere();
  const shown = show(wanted);
  for (const select of choice.querySelectorAll("select")) select.replaceChildren(...optionsFor(select.name, wanted));
  const all = shown === quotes.length ? "" : `of ${quotes.length} `;
  choice.lastChild.textContent = `${shown} ${all}${quotes.length === 1 ? "quote" : "quotes"}`;
}

/** What the address asks for: {person, topic} by id, "" for all; an id that no quote has asks for nothing. */
function wantedHere() {
  const query = new URLSearchParams(location.search);
  const known = (kind) => quotes.some((one) => one[kind].has(query.get(kind)));
  return Object.fromEntries(KINDS.map((kind) => [kind, known(kind) ? query.get(kind) : ""]));
}

/** Whether a quote is what is wanted; of that kind it may be anything. */
function fits(one, wanted, free) {
  return KINDS.every((kind) => kind === free || !wanted[kind] || one[kind].has(wanted[kind]));
}

/** Show the quotes that fit, hide the others; tells how many are shown. */
function show(wanted) {
  let count = 0;
  for (const one of quotes) {
    const shown = fits(one, wanted);
    one.quote.toggleAttribute("hidden", !shown);
    count += shown;
  }
  return count;
}

/** What a kind can be, the rest staying as chosen, each with how many quotes there would be. */
function optionsFor(kind, wanted) {
  const among = quotes.filter((one) => fits(one, wanted, kind));
  const names = new Map(quotes.flatMap((one) => [...one[kind]]));
  const counts = new Map(wanted[kind] ? [[wanted[kind], 0]] : []); // stays on offer, though the rest leave none
  for (const id of among.flatMap((one) => [...one[kind].keys()])) counts.set(id, (counts.get(id) ?? 0) + 1);
  const option = (name, count, id) => new Option(`${name} (${count})`, id, false, id === wanted[kind]);
  const options = [...counts].map(([id, count]) => option(names.get(id), count, id));
  options.sort((one, next) => one.text.localeCompare(next.text, "en"));
  return [option(CHOICES[kind][1], among.length, ""), ...options];
}

function read(quote) {
  const topics = quote.dataset.topics.split(" ");
  return {
    quote,
    person: new Map([[quote.dataset.person, quote.querySelector(".by").textContent]]),
    topic: new Map([...quote.querySelectorAll(".on a")].map((link, at) => [topics[at], link.textContent])),
  };
}

function offer(list) {
  quotes = [...list.children].map(read);
  const choice = element("div", { className: "choice" });
  for (const kind of KINDS) {
    const select = element("select", { name: kind, id: `choice-${kind}` });
    select.addEventListener("change", choose);
    choice.append(element("label", { htmlFor: select.id }, CHOICES[kind][0]), select);
  }
  choice.append(element("p", { role: "status" }));
  list.before(choice);
  return choice;
}

function choose() {
  const chosen = [...document.querySelectorAll(".choice select")].filter((select) => select.value);
  const query = new URLSearchParams(chosen.map((select) => [select.name, select.value])).toString();
  history.pushState(null, "", location.pathname + (query && `?${query}`));
  openChoice();
}
