"""The edition: an editor's version of one transcript, in Markdown written by hand.

`marks` knows how it is written and `quote_marks` what is marked as a quote; `parse`
reads the file, `prove` holds it against the raw words.
"""
