"""Fit the speaker networks anew: `python -m build_tools.attribute.fit --corpora DIR`.

===================  ==========================================================
`documents`          labelled interviews → numbers
`torch_network`      what all networks have in common, where it can learn
`torch_convolution`  a small network's units
`torch_transformer`  a large network's units
`pretrained`         where a transformer begins: a sentence encoder
`train`              windows of interviews, made rougher → weights
`kinds`              how each kind of network is made and fitted
`settle`             weights → small integers
`calibrate`          how sure is sure
`__main__`           all of it, from the corpora to the file that ships
===================  ==========================================================

Needs the extra `fit` (torch, and an encoder). Everything is drawn with fixed seeds.
"""
