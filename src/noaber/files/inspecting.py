"""What is really in a file: judged by its content, and cleaned of what nobody meant to send.

Runs in a process of its own with little memory and time (`child`), since the libraries that read
files are where hostile ones aim.
"""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from noaber.files.rules import (
    LARGEST_UNPACKED,
    MOST_PARTS,
    MOST_PIXELS,
    TYPES,
    check_size,
    ending,
    refused_file,
)

_OOXML = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
_ODF = (".odt", ".ods")
_ACTIVE_PARTS = ("vbaproject", "activex", "/embeddings/", "basic/", "scripts/", "object ")
_ACTIVE_PDF = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia", "/ImportData")


def inspected(name: str, content: bytes) -> bytes:
    """The content to keep: as it came, and a picture without what the camera wrote into it.

    :raises Refused: when it is not what its name says, is damaged, or can do harm.
    """
    check_size(content)
    suffix = ending(name)
    if suffix == ".pdf":
        _check_pdf(content)
    elif suffix in (".png", ".jpg"):
        return _clean_picture(content, suffix)
    elif suffix in _OOXML or suffix in _ODF:
        _check_office(content, suffix)
    else:
        _check_text(content)
    return content


def _check_pdf(content: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if not content.lstrip()[:5] == b"%PDF-":
        raise refused_file("S-05")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise refused_file("S-07")
        seen: set[int] = set()
        if _is_active(reader.trailer, seen):
            raise refused_file("S-08")
        if not reader.pages:
            raise refused_file("S-06")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refused_file("S-06") from error


def _is_active(root: object, seen: set[int]) -> bool:
    """Whether anything in a PDF starts a program, runs a script or holds another file."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            if any(key in item for key in _ACTIVE_PDF) or item.get("/S") in _ACTIVE_PDF:
                return True
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += list(item)
    return False


def _clean_picture(content: bytes, suffix: str) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    wanted = "PNG" if suffix == ".png" else "JPEG"
    try:
        with Image.open(BytesIO(content), formats=(wanted,)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise refused_file("S-09")
            upright = ImageOps.exif_transpose(picture)
            kept = BytesIO()
            # Pixels only: where and when it was taken stays with who took it.
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette() or [])
            options = {"quality": 90} if wanted == "JPEG" else {"optimize": True}
            bare.save(kept, wanted, **options)
    except Image.DecompressionBombError as error:
        raise refused_file("S-09") from error
    except UnidentifiedImageError as error:
        raise refused_file("S-05") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise refused_file("S-06") from error
    return kept.getvalue()


def _check_office(content: bytes, suffix: str) -> None:
    if content[:4] != b"PK\x03\x04":
        raise refused_file("S-07" if content[:4] == b"\xd0\xcf\x11\xe0" else "S-05")
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise refused_file("S-10")
            if any(p.flag_bits & 1 for p in parts):
                raise refused_file("S-07")
            names = {p.filename.lower() for p in parts}
            if any(word in name for name in names for word in _ACTIVE_PARTS):
                raise refused_file("S-08")
            if suffix in _OOXML:
                if _OOXML[suffix] not in names:
                    raise refused_file("S-05")
                if b"macroEnabled" in archive.read("[Content_Types].xml"):
                    raise refused_file("S-08")
            elif archive.read("mimetype").strip() != TYPES[suffix].encode():
                raise refused_file("S-05")
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise refused_file("S-06") from error


def _check_text(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused_file("S-05") from error
    if any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text):
        raise refused_file("S-05")
