"""Finish the tags of a PDF: say of every header cell whether it heads its column or its row.

WeasyPrint links cells to their headers; some readers and checkers look for the `Scope` of the
header instead (ISO 14289-1, 7.5), so both are there.
"""

from __future__ import annotations

from typing import Any


def scope_headers(_document: object, pdf: Any) -> None:
    """Give each TH its Scope: Column within a THead, Row elsewhere. A WeasyPrint finisher."""
    elements = {bytes(each.reference): each for each in pdf.objects if _is_element(each)}
    for cell in elements.values():
        if cell["S"] == "/TH":
            row = elements.get(bytes(cell["P"]), {})
            group = elements.get(bytes(row.get("P", b"")), {})
            cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"


def _is_element(each: Any) -> bool:
    return isinstance(each, dict) and each.get("Type") == "/StructElem"
