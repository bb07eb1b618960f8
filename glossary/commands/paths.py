"""The argument that every command takes: which glossary files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from glossary.files import shipped


def add_paths(parser: ArgumentParser) -> None:
    """Let the command take glossary files and folders."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="a glossary file, or a folder with .csv files; by default the shipped terms",
    )  # fmt: skip


def paths_of(options: Namespace) -> list[Path]:
    """The paths named, or those of the shipped terms."""
    paths: list[Path] = options.paths
    return paths or shipped()
