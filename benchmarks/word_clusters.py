"""Groups of words that stand among like neighbours, learned from running text for the model of names.

Each word is counted with the frequent words right before and right after it; the counts become
positive pointwise mutual information, that is reduced by singular values, and the vectors are grouped by k-means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

NEIGHBOURS = 800
SEEN = 8
"""Rarer words say too little."""
DIMENSIONS = 60
GROUPS = 250
ROUNDS = 12


def clusters(texts: Iterable[tuple[str, ...]], seed: int) -> dict[str, int]:
    """The group of each word, written small."""
    lines = [[word.lower() for word in words] for words in texts]
    counts = Counter(word for line in lines for word in line)
    words = sorted(word for word, n in counts.items() if n >= SEEN and word[0].isalpha())
    frequent = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:NEIGHBOURS]]
    rows = {word: at for at, word in enumerate(words)}
    columns = {word: at for at, word in enumerate(frequent)}
    table = np.zeros((len(words), 2 * len(frequent)), dtype=np.float32)
    for line in lines:
        for left, right in pairwise(line):
            if left in rows and right in columns:
                table[rows[left], len(frequent) + columns[right]] += 1
            if right in rows and left in columns:
                table[rows[right], columns[left]] += 1
    groups = _grouped(_reduced(table), seed)
    return {word: int(group) for word, group in zip(words, groups, strict=True)}


def _reduced(table: np.ndarray) -> np.ndarray:
    total = table.sum()
    expected = np.outer(table.sum(1), table.sum(0)) / max(total, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.where(table > 0, np.log(table / expected), 0)
    information = np.maximum(information, 0)
    values, axes = np.linalg.eigh(information.T @ information)
    del values
    vectors = information @ axes[:, ::-1][:, :DIMENSIONS]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)


def _grouped(vectors: np.ndarray, seed: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    centres = vectors[draw.choice(len(vectors), min(GROUPS, len(vectors)), replace=False)]
    groups = np.zeros(len(vectors), dtype=int)
    for _ in range(ROUNDS):
        groups = (vectors @ centres.T).argmax(1)
        for group in range(len(centres)):
            members = vectors[groups == group]
            if len(members):
                centre = members.sum(0)
                centres[group] = centre / max(np.linalg.norm(centre), 1e-9)
    return groups
