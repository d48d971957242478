"""What a page is made of: sections, and the blocks in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A piece of a section: sentences, cards, pictures, tables, folded tables, facts or words.

    Attributes
    ----------
    kind
        Which of these it is; the template has a macro for each.
    content
        What is shown.
    """

    kind: str
    content: Sequence[object]


@dataclass(frozen=True)
class Section:
    """A section with its heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]
