"""Read a form with one file in it."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from casemgr.files.kinds import Upload
from casemgr.web.page import with_key_aside


async def fields_with_file(http: Request, most_fields: int) -> dict[str, str]:
    """Return the text fields of a form; the file, if one was chosen, waits in `http.state.upload`.

    Its place among the fields takes its SHA-256: the same form with another file is another form.
    """
    http.state.upload = None
    async with http.form(max_files=1, max_fields=most_fields) as sent:
        fields = {name: value for name, value in sent.items() if isinstance(value, str)}
        chosen = sent.get("file")
        if isinstance(chosen, UploadFile) and chosen.filename:
            data = await chosen.read()
            http.state.upload = Upload(chosen.filename, data)
            fields["file"] = sha256(data).hexdigest()
    return fields


async def fields_and_file(http: Request) -> dict[str, str]:
    """Return the text fields of a form of ordinary length; its file waits beside them."""
    return with_key_aside(http, await fields_with_file(http, 60))


FieldsAndFile = Annotated[dict[str, str], Depends(fields_and_file)]
