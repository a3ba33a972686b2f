// What the pages do with elements: make them, find room for them, and copy what they say.

/** An element with properties, or attributes where it has no such property, and what stands in it. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function button(textContent, act, properties) {
  const made = element("button", { type: "button", textContent, ...properties });
  made.addEventListener("click", act);
  return made;
}

export const TOLD = 2000; // ms a button says what became of it

/** Let a button say what became of a copy, in the room that it has, so that nothing beside it moves. */
export function tellCopied(made, done) {
  made.style.minWidth = `${made.getBoundingClientRect().width}px`;
  made.textContent = done ? "Copied" : "Not copied";
}

/** Where the window shows the page, in px from its top: below the header, above the note of an arrival. */
export function clearView() {
  return {
    ceiling: document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0,
    floor: document.querySelector(".arrival")?.getBoundingClientRect().top ?? innerHeight,
  };
}

/** Copy text, and the same as HTML where programs take it; false where the browser does not let it be copied. */
export async function copy(text, html) {
  const blob = (data, type) => ({ [type]: new Blob([data], { type }) });
  let done = false;
  const fill = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    done = true;
  };
  try {
    if (!html || typeof ClipboardItem === "undefined") await navigator.clipboard.writeText(text);
    else await navigator.clipboard.write([new ClipboardItem({ ...blob(text, "text/plain"), ...blob(html, "text/html") })]);
    return true;
  } catch {
    // Without a safe connection browsers have no clipboard for scripts, but still the Copy command.
    addEventListener("copy", fill);
    const allowed = document.execCommand("copy");
    removeEventListener("copy", fill);
    return done && allowed;
  }
}
