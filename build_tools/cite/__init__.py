"""Citations of an interview, or of somebody's words in it.

`items` says what is cited, as the Citation Style Language has it; `styles` sets
it as the handbooks want it, `formats` as programs read it, `zotero` as the head
of a page tells it. What a build cannot know (the site's address, which words,
the day of access, how sure a speaker is) is left open, for the browser to fill.
"""
