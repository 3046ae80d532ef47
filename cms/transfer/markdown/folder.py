"""An export folder on disk: what is in it, read within bounds and never beyond it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ...media.images.kinds import ImageKind
from ..errors import Unreadable

MAX_FILE = 8 * 1024 * 1024
"""Bytes of a Markdown or a `.yaml` file."""
MAX_LINE = 256 * 1024
"""Bytes of a line of comments."""
_COMMENTS = ".comments.jsonl"
_IMAGES = tuple(f".{kind}" for kind in ImageKind)
_KINDS = {
    "authors": (".md",),
    "categories": (".md",),
    "images": (".md", *_IMAGES),
    "posts": (".md", _COMMENTS),
}
_SINGLE = ("site.yaml", "tags.yaml")


class Folder:
    """The files of one export; `ignored` names what else lies there, and why it is not read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ignored: list[tuple[str, str]] = []
        self._stems: dict[str, list[str]] = {}
        self._single: set[str] = set()
        self._look_around()

    def stems(self, kind: str) -> list[str]:
        """List the files of `authors`, `images` and so on, without their ending, in order."""
        return self._stems.get(kind, [])

    def single(self, name: str) -> tuple[Path, str] | None:
        """Read `site.yaml` or `tags.yaml`, if it is there."""
        path = self.root / name
        return (path, read_text(path)) if name in self._single else None

    def document(self, kind: str, stem: str) -> tuple[Path, str]:
        """Read a Markdown file."""
        path = self.root / kind / f"{stem}.md"
        return path, read_text(path)

    def comments(self, stem: str) -> Path | None:
        """Give the path of a post's comments, if it has any."""
        has_comments = stem in self._stems.get(_COMMENTS, ())
        return self.root / "posts" / f"{stem}{_COMMENTS}" if has_comments else None

    def image(self, name: str) -> Path | None:
        """Give the path of the file of an image, if it is there."""
        stem, dot, kind = name.rpartition(".")
        is_there = stem in self._stems.get(dot + kind, ())
        return self.root / "images" / name if is_there else None

    def _look_around(self) -> None:
        try:
            entries = sorted(os.scandir(self.root), key=lambda entry: entry.name)
        except OSError as error:
            raise Unreadable(error.strerror or "cannot be read", self.root) from None
        for entry in entries:
            if entry.name in _KINDS and entry.is_dir(follow_symlinks=False):
                self._list(entry.name, Path(entry.path))
            elif entry.name in _SINGLE and entry.is_file(follow_symlinks=False):
                self._single.add(entry.name)
            else:
                self._ignore(entry, "")
        self._expect_posts()

    def _list(self, kind: str, path: Path) -> None:
        for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
            ending = next((e for e in _KINDS[kind] if entry.name.endswith(e)), None)
            is_read = ending and entry.is_file(follow_symlinks=False)
            if not is_read or ending is None or entry.name.startswith("."):
                self._ignore(entry, f"{kind}/")
                continue
            collected = kind if ending == ".md" else ending
            self._stems.setdefault(collected, []).append(entry.name.removesuffix(ending))

    def _ignore(self, entry: os.DirEntry[str], folder: str) -> None:
        is_link = entry.is_symlink()
        reason = "symbolic links are not followed" if is_link else "not a file of an export"
        self.ignored.append((folder + entry.name, reason))

    def _expect_posts(self) -> None:
        posts = set(self.stems("posts"))
        for stem in self._stems.get(_COMMENTS, ()):
            if stem not in posts:
                path = self.root / "posts" / f"{stem}{_COMMENTS}"
                raise Unreadable(f"there is no {stem}.md that these comments belong to", path)


def read_text(path: Path) -> str:
    """Read a file whole."""
    return _decode(read_bytes(path, MAX_FILE), path, 1).removeprefix("\ufeff")


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file of any kind whole."""
    with _open(path) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Unreadable(f"has more than {limit:,} bytes", path)
    return content


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Read a file line by line, with the number of each; empty lines are passed over."""
    with _open(path) as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise Unreadable(f"the line has more than {MAX_LINE:,} bytes", path, number)
            if line.strip():
                yield number, _decode(line, path, number)


def _open(path: Path) -> BinaryIO:
    # The listing has left links out; one that was put there since must not be followed either.
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


def _decode(content: bytes, path: Path, line: int) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line += content.count(b"\n", 0, error.start)
        raise Unreadable("not UTF-8", path, line) from None
    if "\0" in text:
        line += text.count("\n", 0, text.index("\0"))
        raise Unreadable("has a NUL character", path, line)
    return text
