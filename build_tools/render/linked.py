"""What a page tells programs: its thing in the words of schema.org, as JSON-LD.

A page carries it in its front matter as `linked_data`, and the theme prints it.
The build step does not know where the site will be read: what stands under
`@id` and `url` counts from the site's root, and the theme makes it whole; any
other address is whole already.

Programs do not read warnings. So nobody is named here by inference, or where an
editor was in doubt.

Vocabulary: https://schema.org/docs/full.html. It has no type for an interview;
`Conversation` comes nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.model import NARRATOR, Interview, Participant, Person, Quote, Topic, Turn
from build_tools.render.words import quote_path, span, without_outer_quotes

Data = dict[str, Any]

_TYPES = {"article": "NewsArticle", "podcast": "PodcastEpisode"}


def interview_data(interview: Interview, topics: Mapping[str, Topic], quotes: Iterable[Quote] = ()) -> Data:
    """An interview, who takes part, what it is about, and its notable quotes."""
    who = list(_stated(interview))
    quoted = "mentions" if interview.kind == "article" else "contributor"
    about = dict.fromkeys(id_ for chapter in interview.chapters for id_ in chapter.topics)
    return _graph(
        {
            **_place(interview),
            "description": interview.description,
            "author": [_party(one.person, interview) for one in who if one.role == NARRATOR],
            quoted: [_party(one.person, interview) for one in who if one.role != NARRATOR],
            "about": [_term(topics[id_]) for id_ in about],
            "hasPart": [_quotation(quote) for quote in quotes],
        },
        [("Interviews", "interviews/"), (interview.title, interview_path(interview))],
    )


def quote_data(quote: Quote) -> Data:
    """A notable quote, by whom where that is sure, and the interview it is from."""
    quotation = _quotation(quote)
    return _graph(
        {**quotation, "url": quotation["@id"], "isPartOf": _filled(_place(quote.interview))},
        [
            ("Quotes", "quotes/"),
            (f"{quote.interview.title}, {span(quote.first_word, quote.last_word)}", quotation["@id"]),
        ],
    )


def person_data(person: Person, interviews: Iterable[Interview]) -> Data:
    """Somebody of whom `people.yml` tells, who takes part in `interviews`."""
    party = next((_party(person, one) for one in interviews if person.name == one.outlet), _party(person))
    return _graph(
        {
            **party,
            "url": party["@id"],
            "alternateName": list(person.aliases),
            "jobTitle": person.role if party["@type"] == "Person" else "",
            "description": person.description,
            "sameAs": [url for _, url in person.links],
        },
        [("People", "people/"), (person.name, party["@id"])],
    )


def topic_data(topic: Topic) -> Data:
    """A topic, as a term of the archive's vocabulary."""
    term = _term(topic)
    topics = {"@type": "DefinedTermSet", "@id": "topics/", "name": "Topics"}
    return _graph(
        {**term, "url": term["@id"], "description": topic.description, "inDefinedTermSet": topics},
        [("Topics", "topics/"), (topic.name, term["@id"])],
    )


def interview_path(interview: Interview) -> str:
    """Where the page of an interview is, from the site's root."""
    return f"interviews/{interview.slug}/"


def _place(interview: Interview) -> Data:
    """An interview, as far as its quotes tell of it."""
    kind = _TYPES.get(interview.kind, "Conversation")
    podcast = kind == "PodcastEpisode"
    outlet = {"@type": "PodcastSeries" if podcast else "Organization", "name": interview.outlet}
    return {
        "@type": kind,
        "@id": interview_path(interview),
        "url": interview_path(interview),
        "name": interview.title,
        "headline": interview.title if kind == "NewsArticle" else "",
        "datePublished": interview.date.isoformat() if interview.date else "",
        "partOfSeries" if podcast else "publisher": outlet if interview.outlet else None,
        "isBasedOn": interview.source.url,
    }


def _quotation(quote: Quote) -> Data:
    return _filled(
        {
            "@type": "Quotation",
            "@id": f"{quote_path(quote.interview.slug, quote.first_word, quote.last_word)}/",
            "text": without_outer_quotes(quote.text),
            "creator": _party(quote.turn.speaker, quote.interview)
            if quote.turn.speaker and _certain(quote.turn)
            else None,
        }
    )


def _stated(interview: Interview) -> Iterator[Participant]:
    """Those whom an editor says to take part; without one, those whom the source names before their words."""
    sure = {turn.speaker.id for turn in interview.turns if turn.speaker and _certain(turn)}
    for who in interview.everyone:
        if who.person.id in sure or (interview.status == "edited" and who in interview.people):
            yield who


def _certain(turn: Turn) -> bool:
    return not (turn.inferred or turn.uncertain)


def _party(person: Person, interview: Interview | None = None) -> Data:
    """Who speaks: an outlet that tells in its own name is no person."""
    outlet = interview is not None and person.name == interview.outlet
    return {
        "@type": "Organization" if outlet else "Person",
        "@id": f"people/{person.id}/",
        "name": person.name,
    }


def _term(topic: Topic) -> Data:
    return {"@type": "DefinedTerm", "@id": f"topics/{topic.id}/", "name": topic.name}


def _graph(thing: Data, trail: Iterable[tuple[str, str]]) -> Data:
    """A thing, and the way to its page from the home page."""
    steps = [
        {"@type": "ListItem", "position": position, "item": {"@id": path, "name": name}}
        for position, (name, path) in enumerate([("Home", ""), *trail], 1)
    ]
    return {
        "@context": "https://schema.org",
        "@graph": [_filled(thing), {"@type": "BreadcrumbList", "itemListElement": steps}],
    }


def _filled(data: Data) -> Data:
    """Data without what is not known."""
    return {key: value for key, value in data.items() if value}
