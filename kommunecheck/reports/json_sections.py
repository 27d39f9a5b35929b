"""The sections that plugins add, in the JSON report."""

from collections.abc import Sequence

import orjson

from kommunecheck.domain.days import iso
from kommunecheck.domain.section import Bars, Lanes, Picture, Section


def sections(given: Sequence[Section]) -> bytes:
    """What plugins add to the report; nothing, not even the key, where they add nothing."""
    told = [_section(one) for one in given]
    return b',"sections":' + orjson.dumps(told, default=str) if told else b""


def _section(section: Section) -> dict[str, object]:
    """A section; the picture and the parts only where it has them. Decimals become texts as they are written."""
    table, picture = section.table, section.picture
    told: dict[str, object] = {
        "title": section.title,
        "paragraphs": section.paragraphs,
        "table": table and {"headings": table.headings, "rows": table.rows},
    }
    if picture is not None:
        told["picture"] = {"kind": type(picture).__name__.lower()} | _picture(picture)
    if section.parts:
        told["parts"] = [_section(part) for part in section.parts]
    return told


def _picture(picture: Picture) -> dict[str, object]:
    if isinstance(picture, Lanes):
        lanes = [
            {
                "title": lane.title,
                "spans": [
                    {"from": iso(period.first), "to": iso(period.last), "kind": picture.kinds[kind]}
                    for period, kind in lane.spans
                ],
                "marks": [{"date": iso(on), "what": what} for on, what in lane.marks],
            }
            for lane in picture.lanes
        ]
        return {"title": picture.title, "lanes": lanes}
    told: dict[str, object] = {"title": picture.title, "unit": picture.unit, "least": picture.least}
    if isinstance(picture, Bars):
        return told | {"bars": [{"title": title, "value": value} for title, value in picture.bars]}
    rows = [{"title": title, "values": values} for title, values in picture.rows]
    return told | {"heads": picture.heads, "rows": rows}
