"""Turn raw interview transcripts into a Markdown archive.

The line is straight; every arrow is a plain function in `build_tools.pipeline`::

    sources/ ── read ── attribute ── clean ── chapter ── index ── render ── write ──▶ docs/
                raw     who says     recorded  paragraphs  topics,  Markdown,
                words   it, and      edits                 people   JSON
                numbered how sure

Rooms, in the order in which data passes through them:

===============  ==========================================================
`sources`        find the raw files, their editions and the vocabularies
`read/`          one small file per input format: raw text → numbered words
`edition/`       the editor's version: parse it, prove it against the words
`attribute/`     who speaks: by the edition, by labels, by the words alone
`clean/`         one small file per rule: text → recorded edits
`chapter`        turns → paragraphs, chapters
`index/`         mentions of topics, people's passages, quotes, what goes together
`render/`        interviews and indexes → Markdown and JSON (templates apart)
`picture/`       the words of a quote → a card in PNG, for links shared elsewhere
`cite/`          interviews and words → citations, for handbooks and programs
`write`          put pages and pictures into `docs/`, only where something changed
===============  ==========================================================

Beside the line stand rooms that help those who keep an archive:

===============  ==========================================================
`draft/`         the first version of an edition
`review/`        the uncertain speakers of an edition, for an editor to decide
`replace/`       a better raw file in place of another, and where its words went
`addresses`      old addresses, led to the words that now stand for theirs
`links`          quotes in other people's text, held against the archive
`propose/`       entries for the glossary, for an editor to accept
`measure/`       what cleaning finds, takes out and costs
`evaluate/`      how right speakers told from the words are
`policy`         what the built pages let run
`mkdocs_hook`    all that knows MkDocs: the line before its build, search after it
`theme/`         what MkDocs's theme leaves out: heads, data for programs, sitemap
`commands/`      what can be typed, one small file each
===============  ==========================================================

Stages do not reach into each other; what they share is in `model`, `words`,
`errors` and `texts`. Only reading, configuration and writing touch the disk.
Nothing asks the clock, the network or chance, so the same sources always give
the same bytes.
"""
