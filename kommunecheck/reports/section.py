"""How the cells of a section that a plugin adds are shown, alike in every format a person reads."""

from decimal import Decimal

from kommunecheck.domain.report import SectionCell, SectionTable


def is_number(table: SectionTable, place: int) -> bool:
    """Whether a column holds numbers alone, and stands to the right."""
    cells = [row[place] for row in table.rows if row[place] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def shown(cell: SectionCell) -> str:
    """A cell as a Danish reader writes it: ``1.204``, ``1.204,50``."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    text = f"{cell:,.2f}" if isinstance(cell, Decimal) else f"{cell:,}"
    return text.translate(_DANISH)


_DANISH = str.maketrans(",.", ".,")
