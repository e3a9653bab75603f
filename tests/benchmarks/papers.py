"""How quick declarations are, beside what others make of the same paper, in one run.

    python -m tests.benchmarks.papers            every table
    python -m tests.benchmarks.papers --quick    a tenth of the repetitions

Both sides take turns, so that a busy machine is unfair to neither. The bars: nine paragraphs in
0.6 s and 200 in 1.5 s, warm; our whole API in at most 1.05 times a naive `write_pdf` of the same
HTML (goal 0.80); two workers at 90 % or more of what two processes that only compute gain; a
repeat costs a file read; at most 40 MiB more after 1,000 letters (goal 10); no footnote lost in
60 papers; the p99 of a list page at most 3 times idle while papers are made (goal 1.5); reading
and checking in 10 ms a page. Chromium and LibreOffice are timed where this machine has them.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from casemgr.files.store import Store
from casemgr.letters.facts import DeclarationFacts, Paragraph
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered
from casemgr.letters.word import to_word
from tests.benchmarks import declarations, paper_pages
from tests.benchmarks.pdf import busy, long_declaration, naive, ours, resident, seconds
from tests.letters import sample_facts as sample

NINE, TWO_HUNDRED = sample.DECLARATION, long_declaration(200)
TURNS = 2_000_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OFFICE = ("soffice", "libreoffice")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="A tenth of the repetitions.")
    share = 0.1 if parser.parse_args().quick else 1.0

    def times(full: int) -> int:
        return max(2, round(full * share))

    pool = Pool(1)
    pool.warm()
    alone(pool, "9 paragraphs", NINE, times(30), 0.6)
    alone(pool, "200 paragraphs", TWO_HUNDRED, times(10), 1.5)
    repeat(pool)
    footnotes(pool, times(60))
    growth(pool, times(1000))
    pool.close()
    bulk(times(100))
    paper_pages.print_all(times(20), TWO_HUNDRED)
    others(times(10))
    print("\nreading and checking (bar 10 ms a page):")
    declarations.main()


def alone(pool: Pool, name: str, facts: DeclarationFacts, times: int, bar: float) -> None:
    """Print the median of one paper, ours beside the naive way, taking turns."""
    paper = ours(facts, pool)
    mine, theirs = [], []
    for _ in range(times):
        mine.append(seconds(partial(ours, facts, pool)))
        theirs.append(seconds(partial(naive, paper.html, facts.TEMPLATE)))
    a, b = statistics.median(mine), statistics.median(theirs)
    print(
        f"{name:15} {paper.pages:3} pages  ours {a * 1000:6.0f} ms (bar {bar * 1000:.0f})  "
        f"naive write_pdf {b * 1000:6.0f} ms  ratio {a / b:.2f} (bar 1.05, goal 0.80)"
    )


def repeat(pool: Pool) -> None:
    """Print what an unchanged paper costs: a read of its file, checked against its SHA-256."""
    paper = ours(NINE, pool)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        name = store.keep(paper.pdf)
        took = statistics.median(seconds(partial(store.read, name)) for _ in range(50))
    print(f"repeat          a file read: {took * 1000:.2f} ms for {len(paper.pdf) // 1024} KiB")


# --- footnotes


def footnoted(number: int) -> DeclarationFacts:
    """Return a declaration with footnotes at random, the same for the same number."""
    chance = random.Random(number)
    texts = [p.text for p in NINE.paragraphs]
    paragraphs = tuple(_noted(n, texts, chance) for n in range(1, chance.randint(12, 50)))
    return sample.replaced(NINE, paragraphs=paragraphs)


def _noted(number: int, texts: list[str], chance: random.Random) -> Paragraph:
    words = chance.choice(texts)
    if chance.random() < 0.4:
        return Paragraph(text=words, number=number)
    note = " ".join(chance.choice(texts).split()[: chance.randint(5, 60)])
    return Paragraph(text=f"{words}[^1]", number=number, notes=(note,))


def footnotes(pool: Pool, papers: int) -> None:
    """Print how many footnotes reached a page; a lost one is refused by the renderer itself."""
    meant, lost = 0, 0
    for number in range(papers):
        facts = footnoted(number)
        meant += sum(len(each.notes) for each in facts.paragraphs)
        lost += _lost(ours(facts, pool))
    print(f"footnotes       {papers} papers, {meant} footnotes, {lost} lost (bar 0)")


def _lost(paper: Rendered) -> int:
    """Count the notes whose first words no page carries."""
    import pypdfium2  # noqa: PLC0415 - this table only

    with pypdfium2.PdfDocument(paper.pdf) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    said = re.sub(r"\W", "", "".join(pages))
    notes = re.findall(r'class="note" id="[^"]+">(.*?)</span></span>', paper.html, re.DOTALL)
    plain = (re.sub(r"\W", "", re.sub(r"<[^>]+>|&#?\w+;", "", each))[:20] for each in notes)
    return sum(each not in said for each in plain)


# --- memory and bulk


def growth(pool: Pool, letters: int) -> None:
    """Print how much a worker grows over many letters, those it is replaced after included."""
    worker = pool._places.get()
    pool._places.put(worker)
    assert worker is not None
    for _ in range(20):
        ours(sample.STATUS_INQUIRY, pool)
    before, peak = resident(worker.process.pid), 0.0
    for _ in range(letters):
        ours(sample.STATUS_INQUIRY, pool)
        now = pool._places.get()
        pool._places.put(now)
        assert now is not None
        peak = max(peak, resident(now.process.pid))
    grown = peak - before
    print(f"memory          {letters} letters: {grown:+.0f} MiB at most (bar 40, goal 10)")


def bulk(papers: int) -> None:
    """Print what a second worker gains, beside what a second process gains that only computes."""
    gained = _rate(2, papers) / _rate(1, papers)
    control = _computed(2) / _computed(1)
    print(
        f"bulk            {papers} declarations: two workers {gained:.2f} times one; two "
        f"processes that only compute {control:.2f} times: {gained / control:.0%} (bar 90 %)"
    )


def _rate(workers: int, papers: int) -> float:
    pool = Pool(workers)
    make = partial(ours, pool=pool)
    with ThreadPoolExecutor(workers) as people:
        list(people.map(make, [NINE] * 2 * workers))  # every worker is warm
        began = time.perf_counter()
        list(people.map(make, [NINE] * papers))
        took = time.perf_counter() - began
    pool.close()
    return papers / took


def _computed(processes: int) -> float:
    with ProcessPoolExecutor(processes) as people:
        list(people.map(busy, [1000] * processes * 2))
        began = time.perf_counter()
        list(people.map(busy, [TURNS] * 12))
        return 12 / (time.perf_counter() - began)


# --- other programs


def others(times: int) -> None:
    """Print what Chromium and LibreOffice need for the same paper, each in a process of its own."""
    pool = Pool(1)
    paper = ours(NINE, pool)
    pool.close()
    with tempfile.TemporaryDirectory() as folder:
        page, word = Path(folder, "paper.html"), Path(folder, "paper.docx")
        page.write_text(paper.html, "utf-8")
        word.write_bytes(to_word(paper.html))
        for name, command in _commands(Path(folder), page, word):
            took = statistics.median(
                seconds(partial(_run, command)) for _ in range(max(2, times // 3))
            )
            print(f"{name:15} {took * 1000:6.0f} ms a paper, cold")


def _commands(folder: Path, page: Path, word: Path) -> Iterator[tuple[str, list[str]]]:
    if browser := next(filter(None, map(shutil.which, CHROMIUM)), None):
        made = f"--print-to-pdf={folder / 'chromium.pdf'}"
        profile = f"--user-data-dir={folder / 'chromium'}"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile]
        yield "Chromium", [browser, *flags, made, page.as_uri()]
    if office := next(filter(None, map(shutil.which, OFFICE)), None):
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        convert = ["--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
        yield "LibreOffice", [office, profile, *convert]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
