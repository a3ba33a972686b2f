// The page of a quote whose mark has moved, or whose transcript was replaced, is no more: its address
// leads on to the words in the talk, where old addresses are resolved.

/** On the page that says that nothing is here. */
export function leadOn() {
  const [, slug, words, slash] = /\/quotes\/([\w-]+)\/(w\d+-\d+)(\/?)$/.exec(location.pathname) ?? [];
  if (!slug || document.querySelector(".large")) return;
  location.replace(new URL(`${slash && "../"}../../interviews/${slug}/#${words}`, location.href));
}
