"""Who takes part, told from what is said and from what stands beside it.

===========  ==============================================================
`mark`       words → text in which plain patterns can find names
`cues`       what is said beside a name; the patterns stand in `cues.toml`
`given`      given names of many languages
`gather`     what is said of one person, under one name
`by_turns`   whether a host or a guest says it
`weigh`      how likely each is the host, a guest, or not there
`header`     names in a title and a description
`people`     all of it together: who takes part
`address`    who is spoken to or of, who names themselves
===========  ==============================================================
"""

from build_tools.attribute.names.address import Cue, find_cues
from build_tools.attribute.names.gather import same_name
from build_tools.attribute.names.people import Named, find_outlet, find_people, parts_are_clear

__all__ = ["Cue", "Named", "find_cues", "find_outlet", "find_people", "parts_are_clear", "same_name"]
