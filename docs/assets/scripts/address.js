// Addresses of words.

/** The address of words first…last of this page, without a text fragment. */
export function plainAddressOf(first, last) {
  const page = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  return `${page.split("#")[0]}#w${first}-${last}`;
}

export function addressOf(first, last) {
  return plainAddressOf(first, last);
}
