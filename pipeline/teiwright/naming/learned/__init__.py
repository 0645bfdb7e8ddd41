"""A linear-chain model of names: tokens, their features, and the best sequence of labels.

It needs nothing but the standard library. Weights are whole numbers, so that every machine decides alike.
"""
