"""How quick papers are: through our API, beside a naive `write_pdf` of the same HTML in this run.

    python -m tests.benchmarks.pdf            every table
    python -m tests.benchmarks.pdf --quick    a tenth of the repetitions

Both sides take turns, paper by paper, so that a busy machine is unfair to neither. `naive` is
what a program does that calls WeasyPrint by its README: parse HTML and styles, lay out, write.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from casemgr.letters.facts import DeclarationFacts, Paper
from casemgr.letters.fetcher import FontsOnly
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render
from casemgr.letters.shelf import Shelf
from casemgr.shipped import shipped
from tests.letters import sample_facts as sample

SHELF = Shelf.read(shipped("templates"))


def long_declaration(paragraphs: int) -> DeclarationFacts:
    """The sample declaration, its paragraphs repeated and numbered on."""
    own = [p for p in sample.DECLARATION.paragraphs if p.number is not None]
    more = tuple(sample.replaced(own[n % len(own)], number=n + 1) for n in range(paragraphs))
    return sample.replaced(sample.DECLARATION, paragraphs=more)


PAPERS: dict[str, Paper] = {
    "letter": sample.STATUS_INQUIRY,
    "declaration, 9 paragraphs": sample.DECLARATION,
    "request letter": sample.REQUEST,
    "deadline report": sample.REPORT,
    "declaration, 200 paragraphs": long_declaration(200),
}


def ours(facts: Paper, pool: Pool) -> Rendered:
    """One paper through the whole API: facts, queue, cage, template, layout, and back."""
    return render(facts.TEMPLATE, facts.plain(), title="Benchmark", pool=pool)


def naive(html: str, template: str) -> bytes:
    """The same HTML as a program makes it that keeps nothing from one paper to the next."""
    fonts = FontConfiguration()
    fetcher = FontsOnly(SHELF.fonts)
    sheets = [
        CSS(string=SHELF.sheets[name], font_config=fonts, url_fetcher=fetcher)
        for name in SHELF.sheets_of(template, {})
    ]
    page = HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(pool: Pool, times: int) -> None:
    """Print each paper's medians, ours and naive, taking turns."""
    print(f"{'paper':30}{'pages':>6}{'ours ms':>9}{'naive ms':>10}{'ratio':>7}{'KB':>6}")
    for name, facts in PAPERS.items():
        paper = ours(facts, pool)
        naive(paper.html, facts.TEMPLATE)
        mine, theirs = [], []
        for _ in range(max(2, times // (1 + paper.pages // 8))):
            mine.append(seconds(partial(ours, facts, pool)))
            theirs.append(seconds(partial(naive, paper.html, facts.TEMPLATE)))
            gc.collect()
        a, b = statistics.median(mine), statistics.median(theirs)
        size = len(paper.pdf) // 1024
        print(f"{name:30}{paper.pages:6}{a * 1000:9.0f}{b * 1000:10.0f}{a / b:7.2f}{size:6}")


def busy(turns: int) -> int:
    """Compute and nothing else: the control for what a second process can gain here."""
    total = 0
    for n in range(turns):
        total += n * n % 7
    return total


def bulk(times: int) -> None:
    """Print how many declarations a second one worker and two workers make."""
    rates = {}
    for workers in (1, 2):
        pool = Pool(workers)
        make = partial(ours, sample.DECLARATION)
        with ThreadPoolExecutor(workers) as people:
            list(people.map(make, [pool] * 2 * workers))
            began = time.perf_counter()
            list(people.map(make, [pool] * times))
            rates[workers] = times / (time.perf_counter() - began)
        pool.close()
    print(f"bulk: 1 worker {rates[1]:.1f} papers/s, 2 workers {rates[2]:.1f}: ", end="")
    print(f"{rates[2] / rates[1]:.2f} times")


def growth(pool: Pool, times: int) -> None:
    """Print how much a worker grows over many letters."""
    worker = pool._places.get()
    pool._places.put(worker)
    assert worker is not None
    for _ in range(20):
        ours(sample.STATUS_INQUIRY, pool)
    before = resident(worker.process.pid)
    for _ in range(times):
        ours(sample.STATUS_INQUIRY, pool)
    after = resident(worker.process.pid)
    print(f"memory: {before:.0f} MiB, after {times} letters {after:.0f} MiB")


def resident(pid: int) -> float:
    """Return the MiB a process holds now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    times = 4 if parser.parse_args().quick else 40
    pool = Pool(1)
    print(f"start of a worker: {seconds(pool.warm):.2f} s")
    compare(pool, times)
    growth(pool, min(400, times * 10))
    pool.close()
    bulk(max(8, times))


if __name__ == "__main__":
    main()
