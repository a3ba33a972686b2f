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
  const query = new URLSearchParams(location.search);
  const wanted = {}; // an id that nobody has asks for nothing
  for (const kind of KINDS) wanted[kind] = quotes.some((one) => one[kind].has(query.get(kind))) ? query.get(kind) : "";
  const fits = (one, kind) => !wanted[kind] || one[kind].has(wanted[kind]);
  let shown = 0;
  for (const one of quotes) {
    const hidden = !KINDS.every((kind) => fits(one, kind));
    if (one.quote.hidden !== hidden) one.quote.hidden = hidden;
    shown += !hidden;
  }
  for (const select of choice.querySelectorAll("select")) {
    const kind = select.name;
    const among = new Set(quotes.filter((one) => KINDS.every((other) => other === kind || fits(one, other))));
    const found = new Map(); // id → name, and how many quotes there would be
    for (const one of quotes) {
      const counts = among.has(one);
      for (const [id, name] of one[kind]) {
        if (counts || id === wanted[kind]) found.set(id, [name, (found.get(id)?.[1] ?? 0) + counts]);
      }
    }
    const options = [...found].map(([id, [name, count]]) => new Option(`${name} (${count})`, id));
    options.sort((one, next) => one.text.localeCompare(next.text, "en"));
    select.replaceChildren(new Option(`${CHOICES[kind][1]} (${among.size})`, ""), ...options);
    select.value = wanted[kind];
  }
  const all = shown === quotes.length ? "" : `of ${quotes.length} `;
  choice.lastChild.textContent = `${shown} ${all}${quotes.length === 1 ? "quote" : "quotes"}`;
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
