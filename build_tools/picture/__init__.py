"""Cards that show a quote as a picture, for links shared in chats and feeds.

`card` is what one says, `lines` breaks its words into lines, `layout` tells
where each letter goes, `draw` makes the PNG, and `fonts` knows the letters.
Nothing here knows where quotes come from.
"""

from build_tools.picture.card import Card, can_draw
from build_tools.picture.draw import draw, fingerprint, fingerprint_of
from build_tools.picture.layout import HEIGHT, WIDTH

__all__ = ["HEIGHT", "WIDTH", "Card", "can_draw", "draw", "fingerprint", "fingerprint_of"]
