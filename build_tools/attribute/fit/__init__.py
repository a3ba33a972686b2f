"""Fit the sentence network anew: `python -m build_tools.attribute.fit --corpora DIR`.

===============  ==========================================================
`documents`      labelled interviews → numbers, and those made rougher
`torch_network`  the network of `attribute.network`, where it can learn
`train`          windows of interviews → weights
`settle`         weights → small integers; how sure is sure
`__main__`       all of it, from the corpora to the files that ship
===============  ==========================================================

Needs the extra `fit` (torch). Everything is drawn with fixed seeds.
"""
