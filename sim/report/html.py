"""One HTML file with a page in every language, which needs nothing else."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.blocks import Section
from sim.report.language import Language

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Page:
    """A page in one language."""

    language: Language
    title: str
    subtitle: str
    sections: tuple[Section, ...]


def words_of(language: Language) -> list[tuple[str, str]]:
    """Return the words of the glossary and what they mean, in order of the alphabet."""
    keys = sorted({key.split(".")[1] for key in language.texts if key.startswith("glossary.")})
    words = [(language.text(f"glossary.{key}.word"), language.text(f"glossary.{key}.about")) for key in keys]
    return sorted(words, key=lambda pair: pair[0].lower())


class Terms:
    """Marks the first time a word of the glossary is used in a section, so that it shows its meaning."""

    def __init__(self, language: Language) -> None:
        self._about = {word.lower(): about for word, about in words_of(language)}
        alternatives = "|".join(re.escape(word) for word, _ in words_of(language))
        self._pattern = re.compile(rf"(?<![\w-])({alternatives})(?![\w-])", re.IGNORECASE)
        self._seen: set[str] = set()

    def fresh(self) -> str:
        """Begin a new section."""
        self._seen.clear()
        return ""

    def mark(self, text: str) -> Markup:
        """Return text in which words that are new in this section carry their meaning."""
        from markupsafe import Markup, escape

        parts: list[Markup] = []
        end = 0
        for match in self._pattern.finditer(text):
            word = match[0].lower()
            if word in self._seen:
                continue
            self._seen.add(word)
            term = Markup('<dfn class="term" tabindex="0" data-about="{}">{}</dfn>')
            parts += [escape(text[end : match.start()]), term.format(self._about[word], match[0])]
            end = match.end()
        return Markup("").join([*parts, escape(text[end:])])


def data_address(svg: str) -> str:
    """Return an SVG as an address that holds the whole picture."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def render_pages(pages: Sequence[Page]) -> str:
    """Render a page in all its languages as one HTML file.

    Parameters
    ----------
    pages
        The page in each language; the first is shown when nothing else is known about the reader.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_address"] = data_address
    return environment.get_template("report.html.jinja").render(
        pages=[_filled(page) for page in pages],
        style=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
        script=(TEMPLATES / "script.js").read_text(encoding="utf-8"),
    )


def _filled(page: Page) -> dict[str, object]:
    return {
        "code": page.language.code,
        "title": page.title,
        "subtitle": page.subtitle,
        "text": page.language.text,
        "terms": Terms(page.language),
        "sections": page.sections,
    }
