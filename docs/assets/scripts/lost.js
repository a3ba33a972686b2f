// A quote's page that is made no more, since its mark moved or its transcript was replaced, leads on
// to the words in their interview, where an old address is resolved.

const PAGE = /\/quotes\/([\w-]+)\/(w\d+-\d+)(\/?)(?:index\.html)?$/;

/** On the page that says that nothing is here. */
export function leadOn() {
  const [, slug, words, slash] = PAGE.exec(location.pathname) ?? [];
  if (!slug || document.querySelector(".md-content blockquote.large")) return;
  location.replace(new URL(`${slash && "../"}../../interviews/${slug}/#${words}`, location.href));
}
