"""Go through the uncertain places of an edition with an editor, the likeliest mistakes first.

===============  ==========================================================
`places`         where words and names stand in the text of an edition
`proven`         an edition's text, read and proven against the raw words
`changes`        one change to one turn: text → text, nothing else touched
`doubts`         the uncertain places, in order of doubt, and who may speak
`screen`         a place, shown
`loop`           show, ask, change, save; undo
`save`           the file of an edition, in the way its editor writes it
===============  ==========================================================

Only `save` touches the disk.
"""
