"""What programs are told of a page: never a name that is not certain, never what is not known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from build_tools import mkdocs_hook
from build_tools.index import make_archive
from build_tools.model import (
    Chapter,
    Interview,
    Paragraph,
    Participant,
    Person,
    Quote,
    Source,
    Topic,
    Turn,
    Vocabulary,
)
from build_tools.render import render
from build_tools.render.linked import interview_data, person_data, quote_data, topic_data

JANE = Person("jane-doe", "Jane Doe", ("J. Doe",), "Baker", "Bakes.", (("Site", "https://jane.example/"),))
JOHN = Person("john-roe", "John Roe")
PAPER = Person("some-paper", "Some Paper", role="Publication")
WEATHER = Topic("weather", "Weather", "Rain and wind.")
HOST, GUEST, NARRATOR = Participant(JANE, "host"), Participant(JOHN, "guest"), Participant(PAPER, "narrator")
Status = Literal["edited", "labelled", "inferred"]


def _turn(first: int, who: Participant, **doubt: Any) -> Turn:
    words = ("It", "rains.")
    return Turn(who.person, who.role, (Paragraph(first, words, words),), **doubt)


def _interview(
    turns: list[Turn], status: Status = "edited", kind: str = "podcast", **known: Any
) -> Interview:
    return Interview(
        slug="2025-talk",
        kind=kind,
        title="A talk",
        date=datetime.date(2025, 1, 2),
        outlet="Some Paper",
        status=status,
        chapters=(Chapter("Rain", 1, 4, ("weather",)),),
        turns=tuple(turns),
        edits=(),
        **{"people": (), "source": Source("sources/2025-talk.txt", "0"), **known},
    )


def _thing(data: dict[str, Any]) -> dict[str, Any]:
    thing = data["@graph"][0]
    assert all(thing.values()), "what is not known is left out"
    return dict(thing)


def _names(data: dict[str, Any], under: str) -> list[str]:
    return [party["name"] for party in _thing(data).get(under, [])]


DOUBTS: list[dict[str, Any]] = [
    {"inferred": True, "confidence": 0.99},
    {"uncertain": True},
    {"inferred": True, "uncertain": True, "confidence": 0.6},
]


@pytest.mark.parametrize("doubt", DOUBTS, ids=str)
@pytest.mark.parametrize("status", ["labelled", "inferred"])
def test_nobody_is_stated_to_take_part_whom_nobody_has_named(status: Status, doubt: dict[str, Any]) -> None:
    turns = [_turn(1, HOST), _turn(3, GUEST, **doubt)]
    told = interview_data(_interview(turns, status, people=(HOST, GUEST)), {"weather": WEATHER})
    assert _names(told, "contributor") == ["Jane Doe"]
    assert "John Roe" not in str(told)


def test_an_editor_states_who_takes_part() -> None:
    told = interview_data(
        _interview([_turn(1, HOST, uncertain=True)], people=(HOST, GUEST)), {"weather": WEATHER}
    )
    assert _names(told, "contributor") == ["Jane Doe", "John Roe"]


@pytest.mark.parametrize("doubt", DOUBTS, ids=str)
def test_a_quote_has_no_creator_who_is_not_certain(doubt: dict[str, Any]) -> None:
    turn = _turn(1, GUEST, **doubt)
    interview = _interview([turn], people=(GUEST,))
    quote = Quote(interview, turn, 1, 2)
    assert "creator" not in _thing(quote_data(quote))
    assert "John Roe" not in str(quote_data(quote))
    [part] = _thing(interview_data(interview, {"weather": WEATHER}, [quote]))["hasPart"]
    assert "creator" not in part


def test_a_quote_of_nobody_known_has_no_creator() -> None:
    turn = Turn(None, "host", (Paragraph(1, ("It", "rains."), ("It", "rains.")),))
    data = quote_data(Quote(_interview([turn]), turn, 1, 2))
    assert "creator" not in _thing(data)
    assert "Unknown" not in str(data)


def test_a_quote_that_is_certain_says_all() -> None:
    turn = _turn(1, GUEST)
    interview = _interview([turn], source=Source("x", "0", "https://paper.example/talk"))
    assert _thing(quote_data(Quote(interview, turn, 1, 2))) == {
        "@type": "Quotation",
        "@id": "quotes/2025-talk/w1-2/",
        "url": "quotes/2025-talk/w1-2/",
        "text": "It rains.",
        "creator": {"@type": "Person", "@id": "people/john-roe/", "name": "John Roe"},
        "isPartOf": {
            "@type": "PodcastEpisode",
            "@id": "interviews/2025-talk/",
            "url": "interviews/2025-talk/",
            "name": "A talk",
            "datePublished": "2025-01-02",
            "partOfSeries": {"@type": "PodcastSeries", "name": "Some Paper"},
            "isBasedOn": "https://paper.example/talk",
        },
    }


@pytest.mark.parametrize(
    ("kind", "type_", "outlet"),
    [
        ("podcast", "PodcastEpisode", "partOfSeries"),
        ("article", "NewsArticle", "publisher"),
        ("talk", "Conversation", "publisher"),
        ("anything else", "Conversation", "publisher"),
    ],
)
def test_the_kind_of_an_interview_decides_its_type(kind: str, type_: str, outlet: str) -> None:
    thing = _thing(interview_data(_interview([_turn(1, HOST)], kind=kind), {"weather": WEATHER}))
    assert thing["@type"] == type_
    assert thing[outlet]["name"] == "Some Paper"
    assert [term["@id"] for term in thing["about"]] == ["topics/weather/"]


def test_in_an_article_only_the_narrator_is_the_author() -> None:
    turns = [_turn(1, NARRATOR), _turn(3, GUEST)]
    told = interview_data(_interview(turns, kind="article", people=(NARRATOR, GUEST)), {"weather": WEATHER})
    assert _thing(told)["author"][0]["@type"] == "Organization"
    assert _names(told, "author") == ["Some Paper"]
    assert _names(told, "mentions") == ["John Roe"]
    assert not _names(told, "contributor")


def test_what_is_not_known_is_not_told() -> None:
    bare = replace(_interview([_turn(1, HOST)]), date=None, outlet="", chapters=())
    thing = _thing(interview_data(bare, {}))
    assert thing.keys() == {"@type", "@id", "url", "name", "contributor"}


def test_a_person_is_told_of_as_people_yml_has_it() -> None:
    thing = _thing(person_data(JANE, []))
    assert thing["sameAs"] == ["https://jane.example/"]
    assert (thing["jobTitle"], thing["alternateName"]) == ("Baker", ["J. Doe"])
    assert _thing(person_data(PAPER, [_interview([_turn(1, NARRATOR)])]))["@type"] == "Organization"


def test_a_topic_is_a_term_of_the_archive() -> None:
    thing = _thing(topic_data(WEATHER))
    assert thing["@type"] == "DefinedTerm"
    assert thing["inDefinedTermSet"]["@id"] == "topics/"


def test_of_a_name_alone_no_person_is_told() -> None:
    """Two people may have one name; only `people.yml` says who somebody is."""
    interview = _interview([_turn(1, HOST), _turn(3, GUEST)], people=(HOST, GUEST))
    vocabulary = Vocabulary(people={JANE.id: JANE}, topics={WEATHER.id: WEATHER})
    pages = {page.path: page.text for page in render(make_archive([interview], vocabulary))}
    told = {
        path: yaml.safe_load(text.split("---\n")[1]) for path, text in pages.items() if path[-3:] == ".md"
    }
    assert "linked_data" in told["people/jane-doe.md"]
    assert "linked_data" not in told["people/john-roe.md"]
    assert all(told[path]["description"] for path in told)


# ── the policy in a preview ──────────────────────────────────────────────────


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(mkdocs_hook, "_site", {})
    yield mkdocs_hook


PAGE = '<head><meta charset="utf-8"><script>1</script></head>'


def test_a_built_page_is_under_the_policy_of_the_site(hook: Any) -> None:
    hook.on_startup(command="build", dirty=False)
    hook.on_post_template(PAGE, template_name="404.html", config=None)
    assert "sha256-" in hook.on_post_page(PAGE, page=None, config=None)


def test_a_script_that_stands_on_another_page_is_not_let_in(hook: Any) -> None:
    hook.on_post_template(PAGE, template_name="404.html", config=None)
    other = PAGE.replace("<script>1", "<script>2")
    assert hook.on_post_page(other).replace("2<", "1<") == hook.on_post_page(PAGE)


def test_a_preview_is_under_no_policy(hook: Any) -> None:
    """MkDocs sets a script of its own into every page of it."""
    hook.on_startup(command="serve", dirty=False)
    assert hook.on_post_template(PAGE, template_name="404.html", config=None) == PAGE
    assert hook.on_post_page(PAGE, page=None, config=None) == PAGE


@pytest.mark.parametrize(
    ("address", "scope"),
    [("https://a.example/b/c/", "/b/c/"), ("https://a.example/", "/"), ("", "/")],
)
def test_every_page_has_the_same_scope(hook: Any, address: str, scope: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "site_url": address})
    config.validate()
    hook.on_config(config)
    assert config.extra["scope"] == scope
