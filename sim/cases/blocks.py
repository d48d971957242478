"""Rows of units under each other in one array, and how every unit fills its own rows from its own stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cases.draws import FloatArray
from sim.cases.streams import Purpose, Streams

AT_ONCE = 1024
Fill = Callable[[np.random.Generator, FloatArray], object]


class Blocks(NamedTuple):
    """Which rows belong to which unit.

    Attributes
    ----------
    places
        Place in the streams of each unit, see ``sim.cases.streams.place_of``.
    first
        First row of each unit, and the number of rows, shape (units + 1,).
    """

    places: Sequence[int]
    first: Sequence[int]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.first[-1]

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Number of rows of each unit, shape (units,)."""
        return np.diff(self.first)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield first row and end of every unit."""
        return pairwise(self.first)

    def filled(self) -> Iterator[tuple[int, int, int]]:
        """Yield place, first row and end of every unit that has rows."""
        for place, (begin, end) in zip(self.places, self.spans(), strict=True):
            if end > begin:
                yield place, begin, end


class Luck(NamedTuple):
    """The seed of a study and the number of a replication, from 0."""

    seed: int
    replication: int

    def streams(self, purpose: Purpose) -> Streams:
        """Return the streams of a purpose."""
        return Streams(self.seed, self.replication, purpose)


def uniform(generator: np.random.Generator, rows: FloatArray) -> None:
    """Fill rows with uniforms in [0, 1)."""
    generator.random(out=rows)


def exponential(generator: np.random.Generator, rows: FloatArray) -> None:
    """Fill rows with unit exponentials."""
    generator.standard_exponential(out=rows)


def normal(generator: np.random.Generator, rows: FloatArray) -> None:
    """Fill rows with standard normals."""
    generator.standard_normal(out=rows)


def draw_rows(fill: Fill, streams: Streams, blocks: Blocks, width: int) -> FloatArray:
    """Draw ``width`` numbers for every row; a row does not depend on how many follow in its unit.

    Returns
    -------
    ndarray
        Shape (rows, width).
    """
    rows: FloatArray = np.empty((blocks.rows, width))
    for place, begin, end in blocks.filled():
        fill(streams.at(place), rows[begin:end])
    return rows


class Columns(NamedTuple):
    """Columns of an array that has others too, with what is drawn into them.

    Attributes
    ----------
    fill
        What to draw.
    streams
        Streams of the purpose.
    columns
        Where the numbers go, shape (rows, some columns).
    """

    fill: Fill
    streams: Streams
    columns: FloatArray


def draw_columns(blocks: Blocks, *parts: Columns) -> None:
    """Fill columns, each part as ``draw_rows`` would fill an array of its own."""
    most = min(int(blocks.sizes.max(initial=0)), AT_ONCE)
    # Generators fill whole rows only, so the numbers pass through a few rows that stay in the processor's cache.
    drawn: list[FloatArray] = [np.empty((most, part.columns.shape[1])) for part in parts]
    for place, begin, end in blocks.filled():
        for (fill, streams, columns), buffer in zip(parts, drawn, strict=True):
            generator = streams.at(place)
            for row in range(begin, end, AT_ONCE):
                wanted = columns[row : min(row + AT_ONCE, end)]
                rows = buffer[: len(wanted)]
                fill(generator, rows)
                wanted[:] = rows
