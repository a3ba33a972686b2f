// The page of all quotes: only somebody's, only those on a topic. The address says which, so that
// a choice can be linked and Back undoes it. Without scripts all quotes are there.

const KINDS = { person: ["By", "everybody"], topic: ["On", "everything"] };

let known = null; // the list of the page, once read: {list, quotes, names}

/** A page has come, or its address changed: show what the address asks for. */
export function openQuotes() {
  const list = document.querySelector(".md-content .quotes");
  if (!list?.children.length) return;
  if (known?.list !== list) known = { list, ...read(list) };
  if (!document.querySelector(".choice")) offer();
  show(asked());
}

/** Each quote with whose it is and what it is on, and the names of these by id. */
function read(list) {
  const names = { person: new Map(), topic: new Map() };
  const quotes = [...list.children].map((quote) => {
    const ids = { person: [quote.dataset.person], topic: quote.dataset.topics.split(" ").filter(Boolean) };
    names.person.set(ids.person[0], quote.querySelector(".by").textContent);
    quote.querySelectorAll(".on a").forEach((link, at) => names.topic.set(ids.topic[at], link.textContent));
    return { quote, ids };
  });
  return { quotes, names };
}

/** What the address asks for: {person, topic}, "" for all of them and for ids that nobody has. */
function asked() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(Object.keys(KINDS).map((kind) => {
    const id = query.get(kind) ?? "";
    return [kind, known.names[kind].has(id) ? id : ""];
  }));
}

function offer() {
  const choice = document.createElement("div");
  choice.className = "choice";
  choice.setAttribute("role", "search");
  choice.setAttribute("aria-label", "Choose quotes");
  for (const [kind, [label]] of Object.entries(KINDS)) {
    const pair = document.createElement("span");
    const name = document.createElement("label");
    const select = document.createElement("select");
    select.name = kind;
    select.id = name.htmlFor = `choice-${kind}`;
    select.addEventListener("change", choose);
    name.textContent = label;
    pair.append(name, " ", select);
    choice.append(pair);
  }
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  choice.append(status);
  known.list.before(choice);
}

function choose() {
  const query = new URLSearchParams(location.search);
  for (const { name, value } of document.querySelectorAll(".choice select")) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const said = query.toString();
  history.pushState(null, "", location.pathname + (said && `?${said}`));
  show(asked());
}

function show(wanted) {
  const { quotes, names } = known;
  const fits = (ids, kind) => !wanted[kind] || ids[kind].includes(wanted[kind]);
  const counts = { person: new Map(), topic: new Map() };
  const totals = { person: 0, topic: 0 };
  let shown = 0;
  for (const { quote, ids } of quotes) {
    const by = { person: fits(ids, "topic"), topic: fits(ids, "person") };
    for (const kind of Object.keys(KINDS)) {
      if (!by[kind]) continue;
      totals[kind] += 1;
      for (const id of ids[kind]) counts[kind].set(id, (counts[kind].get(id) ?? 0) + 1);
    }
    const hidden = !(by.person && by.topic);
    if (quote.hidden !== hidden) quote.hidden = hidden;
    shown += !hidden;
  }
  for (const select of document.querySelectorAll(".choice select")) {
    const kind = select.name;
    const found = [...names[kind]].filter(([id]) => counts[kind].has(id) || id === wanted[kind]);
    found.sort(([, one], [, other]) => one.localeCompare(other, "en"));
    select.replaceChildren(
      option("", KINDS[kind][1], totals[kind]),
      ...found.map(([id, name]) => option(id, name, counts[kind].get(id) ?? 0)),
    );
    select.value = wanted[kind];
  }
  const told = shown === quotes.length ? `${shown} quotes` : `${shown} of ${quotes.length} quotes`;
  const status = document.querySelector(".choice [role=status]");
  if (status.textContent !== told) status.textContent = told;
}

function option(value, name, count) {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = `${name} (${count})`;
  return made;
}
