"""Measure the cleaning: how much it finds, what it takes, how fast it is, what always holds.

It stands beside the line from sources to pages and makes no page. It measures
on the archive's own text and, where they are at hand, on corpora of interviews
that people have edited; of their text nothing is kept but figures.

==============  ===========================================================
`passages`      choose text to measure on, alike on every run
`disfluencies`  put stumbles into clean text as recognised speech has them
`recall`        the share of them that cleaning takes out again
`harm`          what cleaning takes out of text that people have edited
`properties`    what must hold of every cleaned text
`names`         what editions and the glossary did to words
`report`        figures → lines to read
==============  ===========================================================

Chance is seeded: the same text gives the same figures.
"""
