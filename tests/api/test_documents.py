"""Documents: what is handed in is what it claims, and comes back byte for byte."""

from __future__ import annotations

import io
import json
import zipfile

from httpx2 import Response

from casemgr.db.session import transaction
from casemgr.db.tables import Blob
from tests import makes
from tests.api.conftest import API, OfficeBehindApi

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def _pack(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name in names:
            pack.writestr(name, "<xml/>")
    return made.getvalue()


DOCX = _pack("[Content_Types].xml", "word/document.xml")


def _upload(
    office: OfficeBehindApi, name: str, data: bytes, document: str = '{"title": "A letter"}'
) -> Response:
    return office.client(office.cast.ada).post(
        f"{API}/documents/upload",
        data={"matter_id": office.ids["matter_id"], "document": document},
        files={"file": (name, data)},
    )


def test_a_file_comes_back_byte_for_byte(office: OfficeBehindApi) -> None:
    added = _upload(office, "letter.pdf", PDF)

    assert added.status_code == 201, added.text
    file = office.client(office.cast.sam).get(f"{added.headers['Location']}/file")
    assert file.content == PDF
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''letter.pdf"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_what_it_is_on_its_own_matter_whatever_another_keeps(
    office: OfficeBehindApi,
) -> None:
    data = b"From: a@example.org\r\n\r\nThe same bytes on both matters."
    with transaction(office.desk.engine) as session:
        sha256 = office.desk.store.keep(data)  # a foreign matter has it as a mail
        session.add(Blob(sha256=sha256, size=len(data), media_type="message/rfc822"))
        session.flush()
        foreign = makes.make_matter(session, office.cast.eve)
        makes.make_document(session, foreign, sha256=sha256, file_name="a.eml")

    added = _upload(office, "mine.txt", data)

    file = office.client(office.cast.ada).get(f"{added.headers['Location']}/file")
    assert file.content == data
    assert file.headers["Content-Type"].startswith("text/plain")


def test_what_is_kept_is_read_only_by_its_owner(office: OfficeBehindApi) -> None:
    sha256 = _upload(office, "letter.pdf", PDF).json()["sha256"]

    path = office.desk.store.path(sha256)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == PDF


def test_what_offices_hand_in_is_taken(office: OfficeBehindApi) -> None:
    for name, data in {
        "a.PDF": PDF,
        "a.png": PNG,
        "a.jpg": b"\xff\xd8\xff\xe0JFIF",
        "a.tif": b"II*\x00" + b"\x00" * 8,
        "a.txt": "Dear Sir,\nplease — find".encode(),
        "a.csv": b"Bates,Pages\nICE 1,2\n",
        "a.eml": b"From: a@example.org\r\n\r\nText",
        "a.docx": DOCX,
        "a.xlsx": _pack("[Content_Types].xml", "xl/workbook.xml"),
    }.items():
        assert _upload(office, name, data).status_code == 201, name


def test_a_file_that_is_not_what_it_claims_is_refused(office: OfficeBehindApi) -> None:
    for name, data, says in (
        ("letter.pdf", PNG, "is named like a PDF, but it is a PNG picture"),
        ("letter.pdf", b"MZ\x90\x00", "its contents are something else"),
        ("letter.docx", _pack("evil.txt"), "its contents are something else"),
        (
            "letter.docx",
            _pack("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "its contents are something else",
        ),
        ("letter.docx", b"PK\x03\x04broken", "its contents are something else"),
        ("letter.txt", b"<html><script>", "its contents are something else"),
        ("letter.txt", b"a\x00b", "its contents are something else"),
        ("page.html", b"<html>", "Files ending in .html are not taken"),
        ("letter", b"text", "It has no ending"),
        ("letter.pdf", b"", "is empty"),
    ):
        answer = _upload(office, name, data)
        assert answer.status_code == 422, name
        assert says in answer.json()["errors"]["file"]

    assert office.client(office.cast.ada).get(f"{API}/documents").json()["items"] == []


def test_a_bad_description_keeps_no_row(office: OfficeBehindApi) -> None:
    for document, field in (
        ("{", "document"),
        ("[" * 5000, "document"),
        ("[]", ""),
        ('{"title": ""}', "title"),
        ('{"title": "A", "dated_on": "2027-01-01"}', "dated_on"),
        ('{"title": "A", "matter_id": "M-1"}', "matter_id"),
    ):
        answer = _upload(office, "letter.pdf", PDF, document)
        assert answer.status_code == 422, document
        assert field in answer.json()["errors"]

    assert office.client(office.cast.ada).get(f"{API}/documents").json()["items"] == []


def test_a_name_cannot_break_out_of_its_header(office: OfficeBehindApi) -> None:
    added = _upload(office, '../../etc/x";evil=\u202e.pdf', PDF)

    file = office.client(office.cast.ada).get(f"{added.headers['Location']}/file")

    assert added.json()["file_name"] == "x%22_evil=_.pdf"
    assert file.headers["Content-Disposition"].isascii()


def test_a_described_paper_gets_its_file_once(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/documents/{full_office.ids['document_id']}"
    etag = ada.get(address).headers["ETag"]
    assert ada.get(f"{address}/file").status_code == 404
    file = {"file": ("letter.pdf", PDF)}

    blind = ada.put(f"{address}/file", files=file)
    attached = ada.put(f"{address}/file", files=file, headers={"If-Match": etag})
    again = ada.put(f"{address}/file", files=file, headers={"If-Match": attached.headers["ETag"]})

    assert (blind.status_code, attached.status_code, again.status_code) == (428, 200, 409)
    assert ada.get(f"{address}/file").content == PDF


def test_a_stranger_downloads_and_uploads_nothing(office: OfficeBehindApi) -> None:
    eve = office.client(office.cast.eve)
    address = _upload(office, "letter.pdf", PDF).headers["Location"]
    file = {"file": ("letter.pdf", PDF)}

    def upload(matter_id: str) -> Response:
        data = {"matter_id": matter_id, "document": json.dumps({"title": "A"})}
        return eve.post(f"{API}/documents/upload", data=data, files=file)

    tries = [
        eve.get(f"{address}/file"),
        eve.get(f"{API}/documents/DOC-0000000000/file"),
        eve.put(f"{address}/file", files=file, headers={"If-Match": '"1"'}),
        upload(office.ids["matter_id"]),
        upload("M-0000000000"),
    ]

    assert {answer.status_code for answer in tries} == {404}
    assert len({answer.content for answer in tries}) == 1


def test_a_letter_is_made_once_and_downloaded(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    given = {"kind": "deadline_report", "of": full_office.ids["matter_id"]}

    made, again = (ada.post(f"{API}/letters", json=given) for _ in range(2))
    eve = full_office.client(full_office.cast.eve)

    assert made.status_code == 201, made.text
    assert made.json()["id"] == again.json()["id"]
    file = ada.get(f"{made.headers['Location']}/file")
    assert file.content.startswith(b"%PDF-")
    assert eve.post(f"{API}/letters", json=given).status_code == 404
    assert eve.get(f"{made.headers['Location']}/file").status_code == 404
