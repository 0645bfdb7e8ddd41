"""Size and cost of all documents as a picture (SVG): a dot for all that lie close together, so that it stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor, log2

from teiwright.publishing.markup import Html, joined, text
from teiwright.publishing.picturing.svg import number, words
from teiwright.surveying.gathering import CELLS, Survey

_WIDTH, _HEIGHT = 720, 440
_HEAVIEST = 1000
"""More documents than these add nothing to the weight of a dot."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 16, 16, 56

_STYLE = """
svg { background: #fff; font: 12px system-ui, sans-serif }
text { fill: #333 } line { stroke: #ddd } circle { fill: #1f5f8b; fill-opacity: .65 } .even { stroke: #b34700; stroke-dasharray: 4 4 }
@media (prefers-color-scheme: dark) { svg { background: #16191c } text { fill: #ddd } line { stroke: #3a3f44 } circle { fill: #7fb8e0 } .even { stroke: #f0a060 } }
"""  # noqa: E501 (one rule a line)


def plot(survey: Survey) -> bytes:
    """An SVG file; an empty picture if nothing is known."""
    axes = _Axes(*_span(x for x, _ in survey.cells), *_span(y for _, y in survey.cells))
    known = sum(cell.count for cell in survey.cells.values())
    said = f"Time of the processor by the size of the text, {known:,} documents of {survey.title}"
    shapes = [*axes.drawn(), axes.even(survey), *(_dots(survey, axes))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{text(said)}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}">\n<title>{text(said)}</title>\n'
        f"<style>{_STYLE}</style>\n{joined(shapes)}\n</svg>\n"
    ).encode("utf-8", "replace")


def _span(cells: Iterable[int]) -> tuple[int, int]:
    """The powers of ten that enclose them; at least one."""
    there = list(cells)
    least = floor(min(there, default=0) / CELLS)
    return least, max(least + 1, ceil((max(there, default=0) + 1) / CELLS))


class _Axes:
    """Two logarithmic axes: bytes to the right, microseconds upwards; both in powers of ten."""

    def __init__(self, left: int, right: int, low: int, high: int) -> None:
        self._left, self._right, self._low, self._high = left, right, low, high

    def x(self, cell: float) -> float:
        """Where a cell begins."""
        share = (cell / CELLS - self._left) / (self._right - self._left)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(self, cell: float) -> float:
        """The same, upwards."""
        share = (cell / CELLS - self._low) / (self._high - self._low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    def drawn(self) -> Iterator[Html]:
        """A line for each power of ten, and what the axes show."""
        bottom, end = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
        for power in range(self._left, self._right + 1):
            x = number(self.x(power * CELLS))
            yield Html(f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}"/>')
            yield words(float(x), bottom + 18, _scaled(power, ("bytes", "kB", "MB", "GB")), anchor="middle")
        for power in range(self._low, self._high + 1):
            y = number(self.y(power * CELLS))
            yield Html(f'<line x1="{_LEFT}" y1="{y}" x2="{end}" y2="{y}"/>')
            yield words(_LEFT - 8, float(y) + 4, _scaled(power, ("µs", "ms", "s", "000 s")), anchor="end")
        yield words((_LEFT + end) / 2, _HEIGHT - 12, "size of the text", anchor="middle")
        yield words(_LEFT + 6, _TOP + 14, "time of the processor; a dot is all documents thereabouts")

    def even(self, survey: Survey) -> Html:
        """Where documents would lie if each byte cost what it costs in most of them."""
        ratios = sorted(y - x for (x, y), cell in survey.cells.items() for _ in range(min(cell.count, _HEAVIEST)))
        if not ratios:
            return Html("")
        ratio = ratios[len(ratios) // 2]
        start = max(self._left * CELLS, self._low * CELLS - ratio)
        stop = max(start, min(self._right * CELLS, self._high * CELLS - ratio))
        x1, y1, x2, y2 = map(number, (self.x(start), self.y(start + ratio), self.x(stop), self.y(stop + ratio)))
        said = "<title>as much for each byte</title>"
        return Html(f'<line class="even" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{said}</line>')


def _scaled(power: int, units: tuple[str, ...]) -> str:
    """A power of ten with its unit: ``100 kB``."""
    unit = min(power // 3, len(units) - 1)
    return f"{10 ** (power - 3 * unit):,} {units[unit]}"


def _dots(survey: Survey, axes: _Axes) -> Iterator[Html]:
    for (x, y), cell in sorted(survey.cells.items()):
        where = (
            f'cx="{number(axes.x(x + 0.5))}" cy="{number(axes.y(y + 0.5))}" r="{number(2.5 + log2(cell.count) / 2)}"'
        )
        more = "" if cell.count == 1 else f" and {cell.count - 1:,} more"
        yield Html(f"<circle {where}><title>{text(cell.first + more)}</title></circle>")
