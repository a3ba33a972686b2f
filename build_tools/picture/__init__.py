"""Cards that show a quote as a picture, for links shared in chats and feeds.

`card` is what is said on one, `layout` where each letter goes, `draw` makes
the PNG, and `fonts` knows the letters. Nothing here knows where quotes come from.
"""

from build_tools.picture.card import Card, can_draw
from build_tools.picture.draw import HEIGHT, WIDTH, draw, fingerprint, fingerprint_of

__all__ = ["HEIGHT", "WIDTH", "Card", "can_draw", "draw", "fingerprint", "fingerprint_of"]
