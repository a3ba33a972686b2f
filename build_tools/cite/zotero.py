"""What Zotero's browser button reads from the head of a page.

Its translator “Embedded Metadata” takes `<meta name="prefix:property">` for RDF;
with the prefix of Zotero's own vocabulary it is told the kind of the item and
who plays which part, which neither the tags of Highwire Press (made for articles
of journals) nor COinS (whose kinds have no interview) can say. The address and the
day of access it takes from the browser. After `Embedded Metadata.js` and `RDF.js`
of https://github.com/zotero/translators.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.cite.formats import sorted_name
from build_tools.cite.items import Item


def head_of(item: Item) -> list[dict[str, str]]:
    """The `<meta>` tags of an item's page, each `{"name": …, "content": …}`.

    >>> item = {"type": "interview", "title": "A talk", "author": [{"family": "Doe", "given": "Jane"}]}
    >>> for tag in head_of(item): print(*tag.values())
    z:itemType interview
    dc:title A talk
    z:interviewees Doe, Jane
    """
    return [{"name": name, "content": content} for name, content in _tags(item)]


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    talk = item["type"] == "interview"
    yield "z:itemType", "interview" if talk else "newspaperArticle"
    yield "dc:title", item["title"]
    for name in item.get("author", ()):
        yield "z:interviewees" if talk else "dc:creator", sorted_name(name)
    for name in item.get("interviewer", ()):
        yield "z:interviewers", sorted_name(name)
    if "issued" in item:
        yield "dc:date", "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    if outlet := item.get("container-title"):
        yield "dc:source", outlet
