"""The same workbook gives the same bytes: what is in it decides, not when it was written."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

BEGIN_OF_ZIP_TIME = date(1980, 1, 1)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_PROPERTIES = "docProps/core.xml"


def without_times(workbook: bytes, day: date = BEGIN_OF_ZIP_TIME) -> bytes:
    """Give an office file with every time in it set to the same day."""
    day = max(day, BEGIN_OF_ZIP_TIME)
    moment = rb"\g<1>%sT00:00:00Z" % day.isoformat().encode()
    result = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(result, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _PROPERTIES:
                content = _MOMENT.sub(moment, content)
            entry = ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            # ODF asks for its first part, the media type, to be stored as it is.
            entry.compress_type = ZIP_STORED if part.filename == "mimetype" else ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return result.getvalue()
