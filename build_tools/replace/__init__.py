"""A better transcript takes the place of an old one; the edition and every address come along.

::

    old raw file ─┐
                  ├ align ─ runs ─┬─ carry ─ the edition, with the words of now
    new raw file ─┘               └─ readdress ─ where every old word is now

`units` cuts an edition into words and what stands between them; `tell` says
what was carried and what was not; `degrade` measures how old quotes land.
"""
