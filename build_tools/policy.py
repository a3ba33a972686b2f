"""The content security policy: which scripts may run on a page, and where it may ask for anything.

Scripts are files of the site, and the few that the theme writes into every
page. These are named by their hashes, taken once, from a page on which nothing
of a source stands: a script that came out of a source could never bless itself.
That every page has just these scripts is what tests prove.

https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

_CHARSET = '<meta charset="utf-8">'
# Of the types that a script can have, those that run; the others are data.
_RUNS = ("", "module", "text/javascript", "application/javascript")


def policy_of(page: str) -> str:
    """The policy of a site, one of whose pages, free of source text, is `page`.

    >>> policy_of("<script>1</script><script type='application/json'>2</script>").split("; ")[1]
    "script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    hashes = "".join(f" '{hash_of(script)}'" for script in dict.fromkeys(inline_scripts(page)))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{hashes}",
            "style-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def with_policy(page: str, policy: str) -> str:
    """The page under the policy, which stands before anything that it could refuse.

    Behind the encoding, which must be among the first kilobyte.

    >>> with_policy('<head><meta charset="utf-8"><script>', "default-src 'self'")
    '<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \\'self\\'"><script>'
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace(_CHARSET, _CHARSET + meta, 1)


def hash_of(script: str) -> str:
    """The hash by which a policy names a script: `sha256-…`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def inline_scripts(page: str) -> list[str]:
    """The scripts that stand in a page itself and run there, as written."""
    return _Scripts(page).found


class _Scripts(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = tag == "script" and "src" not in given and (given.get("type") or "") in _RUNS
        if self._inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
