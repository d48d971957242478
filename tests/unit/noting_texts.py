"""Texts that know which of them a page used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Noting(Mapping[str, str]):
    """Texts that note which of them were asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts, self.asked = texts, set[str]()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return self.texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __contains__(self, key: object) -> bool:
        return key in self.texts
