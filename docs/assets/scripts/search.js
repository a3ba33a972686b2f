// Each letter lists the results anew, a moment after it is typed: a link that is being pressed then
// goes from under the pointer, and the browser follows nothing.

const LINKS = ".md-search-result__link";
let pressed = null;

function press(event) {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  pressed = plain ? event.target.closest(LINKS) : null;
}

/** Follow a link that was pressed and is no longer there; a press that ends elsewhere follows nothing. */
function release(event) {
  if (pressed && !pressed.isConnected && event.target.closest(".md-search-result")) {
    const leadsThere = ({ pathname, hash }) => pathname === pressed.pathname && hash === pressed.hash;
    ([...document.querySelectorAll(LINKS)].find(leadsThere) ?? pressed).click();
  }
  pressed = null;
}

addEventListener("pointerdown", press);
addEventListener("pointerup", release);
