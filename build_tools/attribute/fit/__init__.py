"""Fit the speaker network anew: `python -m build_tools.attribute.fit --corpora DIR`.

===================  ==========================================================
`documents`          labelled interviews → numbers
`torch_network`      the network, where it can learn
`torch_transformer`  how it makes words into rows
`pretrained`         where it begins: a sentence encoder
`train`              windows of interviews, made rougher → weights
`kept`               how far a fit has come, so that it can be stopped
`settle`             weights → small integers
`calibrate`          how sure is sure
`__main__`           all of it, from the corpora to the file that ships
===================  ==========================================================

Needs the extra `fit` (torch, and an encoder). Everything is drawn with fixed seeds.
"""
