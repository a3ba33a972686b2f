// Citations of the interview, or of some words of it.

/** Open them: of words {first, last}, or of the whole interview where none are given. */
export async function openCitations(words) {
  void words;
}
