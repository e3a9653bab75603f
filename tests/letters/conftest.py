"""Papers made once for all tests that look at them, and a pool that tests may break."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pdfplumber
import pytest
from pdfplumber.pdf import PDF

from casemgr.letters import facts as f
from casemgr.letters.budget import Budget
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render
from tests.letters import sample_facts as sample

DRAFT = "DRAFT v1 – not signed"
SAMPLES: dict[str, tuple[f.Paper, str, str | None]] = {
    "declaration": (sample.DECLARATION, "Declaration of Sarang Sekhavat", DRAFT),
    "request": (sample.REQUEST, "FOIA request to ICE, February 3, 2010", None),
    "report": (sample.REPORT, "Deadlines as of October 29, 2010", None),
    "proof": (sample.PROOF, "How March 4, 2010 was counted", None),
    "letter": (sample.STATUS_INQUIRY, "Status inquiry, March 12, 2010", None),
}


def make(name: str, pool: Pool) -> Rendered:
    """Make one of the sample papers."""
    facts, title, draft = SAMPLES[name]
    return render(facts.TEMPLATE, facts.plain(), title=title, draft=draft, pool=pool)


def opened(paper: Rendered) -> PDF:
    """Open a paper for looking at its letters and lines."""
    return pdfplumber.open(io.BytesIO(paper.pdf))


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """One worker for the whole run."""
    pool = Pool(1)
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def papers(pool: Pool) -> dict[str, Rendered]:
    """Every sample paper, made once."""
    return {name: make(name, pool) for name in SAMPLES}


@pytest.fixture(scope="session")
def small_pool() -> Iterator[Pool]:
    """A worker with little time, for papers that must be stopped."""
    pool = Pool(1, Budget(fill_cpu_seconds=1, cpu_seconds=1, seconds=12.0, pages=30))
    yield pool
    pool.close()
