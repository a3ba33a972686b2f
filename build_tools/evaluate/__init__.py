"""Measure attribution: who is said to speak, against who speaks.

It stands beside the line from sources to pages and makes no page. It measures
on labelled interviews, of which nothing is kept but figures, and on the
archive's own editions.

===========  ==============================================================
`corpus`     labelled interviews from a file, and a fixed choice of them
`talks`      a talk as it is asked about, and its answer
`systems`    what gives words to speakers: plain functions of one signature
`scores`     how right it is, how sure, and whether it knows which
`measured`   a system asked about talks, and its scores
`cost`       time and memory, in a process of its own
`names`      how well those who take part are found by name
`tables`     scores → tables to read
===========  ==============================================================
"""
