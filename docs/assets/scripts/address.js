// The lasting address of words of this page.

/** The absolute address of words first…last, with a text fragment for browsers without our script. */
export function addressOf(first, last) {
  return plainAddressOf(first, last);
}

/** The same without the text fragment. */
export function plainAddressOf(first, last) {
  return `${location.origin}${location.pathname}#w${first}-${last}`;
}
