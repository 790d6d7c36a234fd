"""ZIP archives that others made, opened with care: each limit is a sentence.

Nothing is unpacked to the disk; members are read by name, into memory, counted. A name that leads
outside the archive is the name of no member.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from zipfile import ZipInfo

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 40_000_000
MAX_TOTAL_BYTES = 60_000_000
"""Of what is read of an archive: a book of a million words has 10 MB of text and markup."""
MAX_RATIO = 300
"""Prose packs to a third, long tables to a hundredth; only a bomb packs to less than a three-hundredth."""
_SMALL_BYTES = 2_000_000
"""Smaller members may pack as well as they like."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_HEADER_BYTES = 30
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Archive:
    """An archive: its members by name, and how many bytes of them were read."""

    name: str
    file: zipfile.ZipFile
    members: Mapping[str, ZipInfo]
    total: int = field(default=0)

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    def read(self, member: str, most_bytes: int = MAX_MEMBER_BYTES) -> bytes:
        """The bytes of a member, `most_bytes` at most.

        Raises:
            ArticleError: it is not there, damaged, encrypted, or larger than the limits.
        """
        info = self.members.get(member)
        if info is None:
            raise ArticleError(f"{self.name} is incomplete: it has no {member[:200]!r}; get the file again")
        self._refuse(info)
        left = min(most_bytes, MAX_TOTAL_BYTES - self.total)
        try:
            with self.file.open(info) as source:
                data = source.read(left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as exc:
            raise ArticleError(f"{self.name} is damaged at {member[:200]!r}; get the file again") from exc
        if len(data) > left:
            raise ArticleError(self._too_large(member))
        self.total += len(data)
        return data

    def _refuse(self, info: ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise ArticleError(f"{self.name} is encrypted with a password; open it in its program and save it without")
        if info.compress_type not in _METHODS:
            raise ArticleError(
                f"{self.name} packs {info.filename[:200]!r} by a method that its format does not allow; save it again"
            )
        if info.file_size > _SMALL_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise ArticleError(
                f"{self.name} holds {info.filename[:200]!r}, which unpacks to {MAX_RATIO} times its size and more:"
                " that is no text, and may be made to do harm"
            )

    def _too_large(self, member: str) -> str:
        return (
            f"{self.name} unpacks to more text than narrate reads ({MAX_MEMBER_BYTES // 1_000_000} MB a file,"
            f" {MAX_TOTAL_BYTES // 1_000_000} MB in all) at {member[:200]!r}; split it into parts"
        )


def open_archive(held: bytes | Path, name: str) -> Archive:
    """The archive in these bytes, or in a file; `name` is for messages.

    Raises:
        ArticleError: no archive, not a whole one, too many members, two of one name, or members that overlap.
    """
    try:
        file = zipfile.ZipFile(io.BytesIO(held) if isinstance(held, bytes) else held)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as exc:
        begins = isinstance(held, bytes) and held.startswith(b"PK")
        what = "was cut off or damaged" if begins else "is not one at all"
        raise ArticleError(f"{name} should be a ZIP archive, and {what}; get the file again") from exc
    infos = [info for info in file.infolist() if info.filename and not info.is_dir()]
    if len(infos) > MAX_MEMBERS:
        raise ArticleError(f"{name} has {len(infos)} members, and narrate opens archives of up to {MAX_MEMBERS}")
    members = {info.filename: info for info in infos}
    if len(members) < len(infos):
        raise ArticleError(f"{name} has two members of one name, so nobody can say which is meant; save it again")
    places = sorted((info.header_offset, info.header_offset + _HEADER_BYTES + info.compress_size) for info in infos)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise ArticleError(f"{name} has members that overlap, as only archives have that are made to do harm")
    return Archive(name, file, members)
