"""Several papers as one file, so that they are printed at once."""

import asyncio
import io
import threading
from collections.abc import Sequence

import pypdfium2

PDFIUM = threading.Lock()
"""Held by whoever calls PDFium, which is not made for several threads."""


async def joined(papers: Sequence[bytes]) -> bytes:
    """All pages of these PDFs, in order."""
    return papers[0] if len(papers) == 1 else await asyncio.to_thread(_joined, papers)


def _joined(papers: Sequence[bytes]) -> bytes:
    file = io.BytesIO()
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for paper in papers:
                part = pypdfium2.PdfDocument(paper)
                whole.import_pages(part)
                part.close()
            whole.save(file)
        finally:
            whole.close()
    return file.getvalue()
