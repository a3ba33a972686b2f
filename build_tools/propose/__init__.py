"""Propose glossary entries: words of the archive that sound or look like a name it knows.

`names` gathers the names and terms an archive knows, `sound` tells how alike
two texts are, `stretch` cuts the raw words where somebody paused, `match` finds
what letters and sound tell, `place` what only the words beside it tell, `find`
makes proposals of both, `entry` writes what an editor accepts.

Nothing here changes a word: a proposal becomes an entry of `glossary.yml` only
if somebody says so. A wrong proposal costs an editor more than a missed one.
"""
