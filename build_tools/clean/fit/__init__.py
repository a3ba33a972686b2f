"""Fit anew what was fitted: the network that marks sentences, and the judges of stumbles and commas.

`python -m build_tools.clean.fit --corpora DIR`, `python -m build_tools.clean.fit.judges --corpora DIR`

=============  ==============================================================
`documents`    edited transcripts → words without marks, and the marks
`train`        windows of talks → weights, by the network where it can learn
`settle`       weights → small integers
`measure`      from which odds on a mark is put, and how often that is right
`report`       the figures of the weights that ship
`__main__`     all of it, from the corpora to the file that ships
`judges`       the judges, from the corpora to the file that ships
=============  ==============================================================

Needs the extra `fit` (torch; scikit-learn for the judges). Everything is drawn with fixed seeds.
"""
