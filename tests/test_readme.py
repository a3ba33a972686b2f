"""The README promises what the archive keeps."""

from __future__ import annotations

import re

from build_tools.cli import _parser
from build_tools.commands import COMMANDS
from build_tools.model import Archive
from build_tools.words import join
from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_is_what_the_archive_has(archive: Archive) -> None:
    example = re.search(r"<!-- example: (\S+) w(\d+)-(\d+) -->\n\n> (.+)\n\n((?:>.*\n)+)", README)
    assert example
    slug, first, last = example[1], int(example[2]), int(example[3])
    interview = next(i for i in archive.interviews if i.slug == slug)
    raw = [word for turn in interview.turns for p in turn.paragraphs for word in p.raw]
    assert join(raw[first - 1 : last]) == example[4]
    published = []
    for turn in interview.turns:
        inside = [p for p in turn.paragraphs if p.last_word >= first and p.first_word <= last]
        said = join(p.clean_slice(max(first, p.first_word), min(last, p.last_word)) for p in inside)
        if said:
            published.append(f"> **{turn.name}:** {said}\n")
    assert ">\n".join(published) == example[5]
    assert f"/interviews/{slug}/#w{first}-{last}`" in README


def test_the_picture_and_all_links_are_there() -> None:
    targets = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert "docs/assets/screenshot.png" in targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_make_target_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?m)^    make (\w+)", README):
        assert re.search(rf"(?m)^{target}:", makefile), target


def test_every_command_is_documented() -> None:
    documents = README + "".join(p.read_text("utf-8") for p in (ROOT / "docs/about").glob("*.md"))
    commands = re.findall(r"\{(.+?)\}|^    (\w+) ", _parser().format_help(), re.MULTILINE)
    assert {name for _, name in commands if name} == {command.NAME for command in COMMANDS}
    for _, name in commands:
        assert f"python -m build_tools {name}" in documents


def test_the_map_names_every_room() -> None:
    for line in re.findall(r"(?m)^    (\w+/|mkdocs\.yml) ", README):
        assert (ROOT / line.strip()).exists(), line


def test_the_set_up_installs_exact_versions() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert lines and all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
