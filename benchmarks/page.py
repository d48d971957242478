"""The page of the benchmarks: every benchmark writes its own section and leaves the others."""

from __future__ import annotations

from pathlib import Path

TITLE = "# Benchmarks\n"


def write_section(path: Path, heading: str, text: str) -> None:
    """Put a section into the page, in the place of the one with the same heading or at the end.

    Parameters
    ----------
    path
        The Markdown file; it is made if it is not there.
    heading
        Heading of the section, without the marks.
    text
        What stands under it.
    """
    page = path.read_text(encoding="utf-8") if path.exists() else TITLE
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(with_section(page, heading, text), encoding="utf-8")
    part.replace(path)


def with_section(page: str, heading: str, text: str) -> str:
    """Return the page with the section in it."""
    head, *sections = page.split("\n## ")
    new = f"{heading}\n\n{text.strip()}\n"
    places = [place for place, section in enumerate(sections) if section.split("\n", 1)[0] == heading]
    if places:
        sections[places[0]] = new
    else:
        sections.append(new)
    return "\n\n## ".join(part.strip("\n") for part in (head, *sections)) + "\n"
