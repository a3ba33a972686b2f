"""The edition: an editor's version of one transcript, in Markdown written by hand.

`parse` reads the file, `prove` holds it against the raw words.
"""
