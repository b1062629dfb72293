"""The same workbook gives the same bytes: what is in it decides, not when it was written."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_BEGIN_OF_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIXED_MOMENT = rb"\g<1>1980-01-01T00:00:00Z"
_PROPERTIES = "docProps/core.xml"


def without_times(workbook: bytes) -> bytes:
    """Give a workbook with every time in it set to the same moment."""
    result = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(result, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _PROPERTIES:
                content = _MOMENT.sub(_FIXED_MOMENT, content)
            entry = ZipInfo(part.filename, _BEGIN_OF_ZIP_TIME)
            # ODF asks for its first part, the media type, to be stored as it is.
            entry.compress_type = ZIP_STORED if part.filename == "mimetype" else ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return result.getvalue()
