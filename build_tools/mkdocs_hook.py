"""All that knows MkDocs: make the pages before a build; add passages to its search, set the policy.

`mkdocs build` and `mkdocs serve` need nothing before them, and `serve` builds
anew when a source changes. Another renderer of `mkdocs.yml` ignores this file
and needs `python -m build_tools build` first.
"""

from __future__ import annotations

import html
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import rcssmin
import rjsmin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from build_tools.errors import BuildError
from build_tools.model import Archive, Interview
from build_tools.pipeline import build_archive
from build_tools.policy import policy_of, with_policy
from build_tools.render.speakers import said_by
from build_tools.write import write_pages

_log = logging.getLogger("mkdocs.plugins.build_tools")
_latest: dict[str, Archive] = {}
_site: dict[Literal["command", "policy"], str] = {}


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
    """Remember whether this is a preview."""
    _site["command"] = command


def on_config(config: MkDocsConfig) -> None:
    """Let the theme write the same scripts into every page, at any depth: one policy serves all.

    It keeps what a reader chose, light or dark, under this path; else under a relative one.
    """
    config.extra.setdefault("scope", urlsplit(config.site_url or "").path or "/")


def on_pre_build(config: MkDocsConfig) -> None:
    """Make the generated pages; the problems of the sources end the build."""
    root = _root(config)
    try:
        built = build_archive(root / "sources")
        written = write_pages(built.pages, Path(config.docs_dir), built.pictures)
    except BuildError as error:
        for problem in error.problems:
            _log.error("%s", problem)
        raise Abort(f"{len(error.problems)} problem(s) in sources/") from None
    _latest["archive"] = built.archive
    changed = len(written.changed) + len(written.removed)
    made = len(built.pages) + len(built.pictures)
    _log.info("%d generated pages and pictures, %d changed", made, changed)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Watch the sources."""
    server.watch(str(_root(config) / "sources"))
    return server


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Make the policy of the page that the theme alone has written; MkDocs builds it before all others.

    Not in a preview, where MkDocs sets a script of its own into every page.
    """
    if template_name == "404.html" and _site.get("command") != "serve":
        _site["policy"] = policy_of(output_content)
    return _under_policy(output_content)


def on_post_page(output: str, **_: Any) -> str:
    """Set the policy into a page."""
    return _under_policy(output)


def _under_policy(page: str) -> str:
    return with_policy(page, _site["policy"]) if "policy" in _site else page


def on_post_build(config: MkDocsConfig) -> None:
    """Complete the search index, and make our scripts and styles small."""
    site = Path(config.site_dir)
    _add_passages(site / "search" / "search_index.json")
    _minify(site / "assets" / "scripts", "*.js", rjsmin.jsmin)
    _minify(site / "assets" / "styles", "*.css", rcssmin.cssmin)


def _minify(folder: Path, pattern: str, minified: Callable[[str], str]) -> None:
    """Leave out comments and white space, which are for those who read the repository."""
    for path in folder.glob(pattern):
        path.write_text(minified(path.read_text("utf-8")), "utf-8")


def _add_passages(path: Path) -> None:
    """Add an entry per passage to the search index: the theme indexes headings only."""
    if not path.exists():
        return
    index = json.loads(path.read_text("utf-8"))
    index["docs"] += [entry for i in _latest["archive"].interviews for entry in search_entries(i)]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def search_entries(interview: Interview) -> list[dict[str, str]]:
    """A page's entry and one per passage, in the shape of the search index.

    The theme sets entries as HTML into the page, so their text is escaped here; not
    its quotation marks and apostrophes, or words found beside them are cut in two.
    """
    page = f"interviews/{interview.slug}/"
    entries = [{"location": page, "title": _shown(interview.title), "text": _shown(interview.description)}]
    for turn in interview.turns:
        for paragraph in turn.paragraphs:
            chapter = interview.chapter_at(paragraph.first_word)
            title = f"{said_by(turn)} · {chapter.title}" if chapter else said_by(turn)
            entries.append(
                {
                    "location": f"{page}#{paragraph.id}",
                    "title": _shown(title),
                    "text": _shown(paragraph.text),
                }
            )
    return entries


def _shown(text: str) -> str:
    return html.escape(text, quote=False)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
