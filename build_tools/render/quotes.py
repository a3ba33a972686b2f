"""A page per notable quote, and the page where they all stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from build_tools.cite.items import words_of
from build_tools.cite.zotero import head_of
from build_tools.model import NARRATOR, Archive, Page, Quote, Topic
from build_tools.render.linked import quote_data
from build_tools.render.markdown import Markdown, attribute_value, fill
from build_tools.render.pictures import picture_of
from build_tools.render.speakers import said_by, sure, voice
from build_tools.render.words import address, anchor, count, day, quote_path, quoted, shortened, where
from build_tools.words import same_words

# Search engines and shared links show no more of a title, and of a description.
_TITLE, _DESCRIPTION = 70, 300
# Beside a name that leaves no room, so much of the words is shown nevertheless.
_LEAST = 20
_NEIGHBOUR = 60


def pages(archive: Archive) -> Iterator[Page]:
    """`quotes/index.md` and `quotes/<slug>/w<first>-<last>.md` for every quote."""
    topics = archive.vocabulary.topics
    yield Page(
        "quotes/index.md",
        fill(
            "quotes.md.jinja",
            quotes=archive.quotes,
            topics=topics,
            address=address,
            ids=_ids,
            page_of=page_of,
            count=count,
            day=day,
            quoted=quoted,
            said_by=said_by,
        ),
    )
    for same in quotes_by_slug(archive).values():
        for at, quote in enumerate(same):
            before = same[at - 1] if at else None
            after = same[at + 1] if at + 1 < len(same) else None
            yield Page(page_of(quote), _page(quote, before, after, topics))


def quotes_by_slug(archive: Archive) -> Mapping[str, list[Quote]]:
    """The quotes of each interview, in order."""
    grouped: dict[str, list[Quote]] = {interview.slug: [] for interview in archive.interviews}
    for quote in archive.quotes:
        grouped[quote.interview.slug].append(quote)
    return grouped


def page_of(quote: Quote) -> Markdown:
    """A quote's own page, from the root of `docs/`."""
    return Markdown(f"{quote_path(quote.interview.slug, quote.first_word, quote.last_word)}.md")


def _page(quote: Quote, before: Quote | None, after: Quote | None, topics: Mapping[str, Topic]) -> str:
    interview, text, speaker = quote.interview, quoted(quote), quote.turn.speaker
    name = anchor(quote.first_word, quote.last_word)
    return fill(
        "quote.md.jinja",
        quote=quote,
        text=text,
        title=_title(quote, text),
        description=shortened(text, _DESCRIPTION),
        published=interview.date.isoformat() if interview.date else None,
        picture=f"{name}.png" if picture_of(quote) else None,
        linked_data=quote_data(quote),
        zotero=head_of(words_of(interview, [speaker] if speaker else [])),
        voice=attribute_value(voice(quote.turn)),
        percent=sure(quote.turn),
        edited=not same_words(quote.verbatim, quote.text),
        verb="wrote" if quote.turn.role == NARRATOR else "said",
        where=attribute_value(where(interview)),
        neighbours=[
            (rel, _first_words(one), page_of(one)) for rel, one in (("prev", before), ("next", after)) if one
        ],
        topics=[topics[id_] for id_ in quote.topics],
        anchor=Markdown(name),
        day=day,
    )


def _title(quote: Quote, text: str) -> str:
    """Who, and the first words: `Jane Doe: “It rains all …”`."""
    who = said_by(quote.turn)
    return f"{who}: “{shortened(text, max(_LEAST, _TITLE - len(who) - 4))}”"


def _first_words(quote: Quote) -> str:
    return f"“{shortened(quoted(quote), _NEIGHBOUR)}”"


def _ids(quote: Quote) -> Markdown:
    """The topics of a quote, by which the page is filtered; ids are parts of addresses already."""
    return Markdown(" ".join(quote.topics))


def quotes_by_person(quotes: Iterable[Quote]) -> Counter[str]:
    """How many quotes there are of each person, by id."""
    return Counter(quote.turn.speaker.id for quote in quotes if quote.turn.speaker)


def quotes_by_topic(quotes: Iterable[Quote]) -> Counter[str]:
    """How many quotes speak of each topic, by id."""
    return Counter(topic for quote in quotes for topic in quote.topics)
