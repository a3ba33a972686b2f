"""Propose glossary entries: words of the archive that sound or look like a name it knows.

`names` gathers the names an archive knows, `sound` tells how alike two texts
are, `find` looks through the raw words, `entry` writes what an editor accepts.
Nothing here changes a word: a proposal becomes an entry of `glossary.yml` only
if somebody says so. A wrong proposal costs an editor more than a missed one.
"""
