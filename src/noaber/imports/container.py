"""What may be inside a workbook: it is a ZIP file of XML parts and nothing else."""

from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from noaber.core.finding import Refused
from noaber.imports.faults import FAULTS
from noaber.imports.limits import (
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MOST_PARTS,
    RATIO_COUNTS_FROM,
)

Format = Literal["xlsx", "ods"]

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

_ARCHIVE_NAMES = (
    *(".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".xlsx", ".xlsm", ".xlsb"),
    *(".xls", ".ods", ".odt", ".docx", ".docm", ".doc", ".pptx", ".jar", ".exe"),
)
_ARCHIVE_STARTS = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MZ")
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_CHUNK = 1 << 16
_OVERLAP = 32


def open_workbook(content: bytes, name: str) -> tuple[ZipFile, Format]:
    """Open a workbook after judging everything in it that can do harm.

    :raises Refused: when it is not a workbook, is damaged or holds what may not be in it.
    """
    try:
        archive = ZipFile(BytesIO(content))
        _check_totals(archive.infolist(), len(content), name)
        kind = _format(archive, name)
        for part in archive.infolist():
            _check_name(part.filename, name)
        for part in archive.infolist():
            _check_content(archive, part, name)
    except (BadZipFile, LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refusal("F-09", name) from error
    return archive, kind


def _check_totals(parts: list[ZipInfo], packed: int, name: str) -> None:
    """Judge what the directory of the file says; reading stops where it would turn out a lie."""
    if len(parts) > MOST_PARTS:
        raise _refusal("F-14", name, what="onderdelen", limit=MOST_PARTS)
    if len({part.filename for part in parts}) < len(parts):
        raise _refusal("F-09", name)
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal("F-04", name)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise _refusal("F-08", name, what=f"{unpacked // 1_000_000} MB")
    if unpacked > RATIO_COUNTS_FROM and unpacked > LARGEST_RATIO * packed:
        raise _refusal("F-08", name, what=f"{unpacked // packed} keer zo groot")


def _format(archive: ZipFile, name: str) -> Format:
    parts = set(archive.namelist())
    if "mimetype" in parts:
        return _open_document(archive, name)
    if "xl/workbook.bin" in parts:
        raise _refusal("F-02", name, kind="een binair Excel-werkboek (XLSB)")
    if any(part.startswith("word/") for part in parts):
        raise _refusal("F-02", name, kind="een Word-document")
    if any(part.startswith("ppt/") for part in parts):
        raise _refusal("F-02", name, kind="een presentatie")
    if "[Content_Types].xml" not in parts:
        raise _refusal("F-02", name, kind="een ingepakte map (ZIP)")
    if "xl/workbook.xml" not in parts:
        raise _refusal("F-09", name)
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise _refusal("F-05", name)
    return "xlsx"


def _open_document(archive: ZipFile, name: str) -> Format:
    kind = archive.read("mimetype")[:100].decode("ascii", errors="replace").strip()
    if not kind.startswith(ODS_TYPE):
        raise _refusal("F-02", name, kind="geen werkboek maar een ander OpenDocument-bestand")
    parts = set(archive.namelist())
    if not {"content.xml", "META-INF/manifest.xml"} <= parts:
        raise _refusal("F-09", name)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise _refusal("F-04", name)
    return "ods"


def _check_name(part: str, name: str) -> None:
    plain = part.lower()
    if "vbaproject" in plain or "macrosheets/" in plain or plain.startswith(("basic/", "scripts/")):
        raise _refusal("F-05", name)
    if "externallinks/" in plain:
        raise _refusal("F-06", name)
    if "/embeddings/" in plain or plain.endswith(_ARCHIVE_NAMES):
        raise _refusal("F-07", name, part=part)


def _check_content(archive: ZipFile, part: ZipInfo, name: str) -> None:
    """Read a part to its end, which checks its sum, and look for what should not be there."""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml", ".rdf"))
    with archive.open(part) as content:
        before = content.read(8)
        if before.startswith(_ARCHIVE_STARTS):
            raise _refusal("F-07", name, part=part.filename)
        while chunk := content.read(_CHUNK):
            window = before + chunk
            if is_xml and any(word in window for word in _DECLARATIONS):
                raise _refusal("F-10", name)
            before = window[-_OVERLAP:]


def _refusal(rule: str, name: str, **parts: object) -> Refused:
    return Refused([FAULTS[rule].at(None, name=name, **parts)])
