// Reading clean or verbatim. Without scripts a page reads clean.

const READINGS = ["clean", "verbatim"];
const STORE = "archive-reading";

function stored() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null; // storage may be forbidden; the choice then lasts one page
  }
}

export function isVerbatim() {
  return document.documentElement.dataset.reading === "verbatim";
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

/** A page has come: offer both readings and read as the reader last chose. */
export function openReading() {
  offerReadings();
  read(READINGS.includes(stored()) ? stored() : "clean");
}
