"""Whatever a paper asks for, nothing is fetched, read or run; also with one wall taken out."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest

from casemgr.errors import CasemgrError, NotRendered
from casemgr.letters.pool import Pool
from casemgr.letters.render import Rendered, render
from tests.letters.conftest import make
from tests.letters.reaches import MORE_WAYS, WAYS

CANARY = "canary-4f1c-never-in-a-paper"
HERE = Path(__file__).resolve().parents[2]


class Canary:
    """A file nobody may read and a server nobody may ask."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "canary.svg"
        self.file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{CANARY}</text></svg>')
        self.touched = folder / "touched"
        self.asked: list[str] = []
        asked = self.asked

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(CANARY.encode())

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}/canary.svg"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Canary]:
    canary = Canary(tmp_path)
    yield canary
    canary.close()


def document(body: str) -> dict[str, str]:
    return {
        "x.html": '{% extends "_paper.html" %}{% block paper %}' + body + "<p>x</p>{% endblock %}"
    }


def holds(pdf: bytes, what: str) -> bool:
    """Look for the words in the file, in its unpacked streams and in its attachments."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream)]
        return what.encode() in b"".join([pdf, *streams]) or bool(opened.attachments)


def asked_for(body: str, pool: Pool) -> tuple[bytes, str]:
    """Return the PDF, or the sentence with which it was refused."""
    try:
        return render("x.html", {}, title="T", sources=document(body), pool=pool).pdf, ""
    except NotRendered as refused:
        return b"", str(refused)


ALL_WAYS = {**WAYS, **MORE_WAYS}


@pytest.mark.parametrize(
    "way", [*WAYS, *(pytest.param(way, marks=pytest.mark.full) for way in MORE_WAYS)]
)
def test_no_way_of_naming_an_address_reaches_it(
    way: str, canary: Canary, pool: Pool, full_size: bool
) -> None:
    addresses = (canary.address, canary.file.as_uri(), "//127.0.0.1/x", "data:text/css,p{}")
    # Each refusal is a second; in the small size the other addresses take turns over the ways.
    turn = 1 + list(ALL_WAYS).index(way) % 3
    for address in addresses if full_size else (addresses[0], addresses[turn]):
        body = ALL_WAYS[way].replace("ADDRESS", address)
        pdf, sentence = asked_for(body, pool)
        assert "outside itself" in sentence or not holds(pdf, CANARY)
    assert canary.asked == []


def test_most_ways_are_refused_with_the_address_rather_than_left_out(
    pool: Pool, full_size: bool
) -> None:
    address = "http://127.0.0.1:9/x.png"
    ways = list(WAYS.values())[:: 1 if full_size else 6]
    said = [asked_for(way.replace("ADDRESS", address), pool)[1] for way in ways]
    named = sum("http://127.0.0.1:9/x" in sentence for sentence in said)
    assert named >= (15 if full_size else 2)


BESIDE = """
import sys; sys.path.insert(0, sys.argv[1])
import tempfile; tempfile.tempdir = sys.argv[2]
from casemgr.letters import worker
from casemgr.letters.budget import Budget
from casemgr.letters.press import Press
from casemgr.letters.shelf import Shelf
from casemgr.shipped import shipped
from weasyprint.urls import URLFetcher
import jinja2, os, pathlib, socket, subprocess, ctypes, urllib.request, shutil
shelf = Shelf.read(shipped("templates"))
press = Press(shelf.sheets, shelf.fonts)
press.print(worker.WARM_UP, ("paper.css",), None, 9)
worker._lock_in(Budget())
"""
WITHOUT_FETCHER = """
press.fetcher = URLFetcher()
for line in sys.stdin.read().split("\\0"):
    try:
        pdf = press.print(f"<!doctype html><html lang=en>{line}<p>x", ("paper.css",), None, 9).pdf
        sys.stdout.buffer.write(len(pdf).to_bytes(4, "big") + pdf)
    except BaseException as refused:
        sys.stdout.buffer.write(bytes(4))
"""
WITHOUT_SANDBOX = """
tried = sys.stdin.read().split("\\0")
for line in tried:
    try:
        said = jinja2.Environment().from_string(line).render(os=os, pathlib=pathlib, socket=socket,
            subprocess=subprocess, ctypes=ctypes, urllib=urllib.request, shutil=shutil, open=open)
        print("DONE", line, said)
    except PermissionError as refused:
        print("refused")
    except Exception as other:
        print("failed", type(other).__name__, other, line)
"""


def beside(code: str, given: str, scratch: Path) -> bytes:
    return subprocess.run(
        [sys.executable, "-I", "-c", BESIDE + code, str(HERE), str(scratch)],
        input=given.encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    ).stdout


def test_without_the_fetcher_the_process_still_reaches_nothing(
    canary: Canary, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bodies = [
        way.replace("ADDRESS", address)
        for way in ALL_WAYS.values()
        for address in (canary.file.as_uri(), canary.address)
    ]
    out = io.BytesIO(beside(WITHOUT_FETCHER, "\0".join(bodies), tmp_path_factory.mktemp("scratch")))
    made = 0
    for _ in bodies:
        pdf = out.read(int.from_bytes(out.read(4), "big"))
        if pdf:
            made += 1
            assert not holds(pdf, CANARY)
    assert made > len(bodies) / 2
    assert canary.asked == []


def test_without_the_sandbox_the_process_still_can_do_nothing(
    canary: Canary, tmp_path_factory: pytest.TempPathFactory
) -> None:
    port = canary.server.server_port
    tries = [
        f"{{{{ {call} }}}}"
        for call in (
            f"os.system('touch {canary.touched}')",
            f"os.popen('touch {canary.touched}').read()",
            f"subprocess.run(['touch', '{canary.touched}'])",
            "os.execv('/bin/true', ['true'])",
            "os.posix_spawn('/bin/true', ['true'], {})",
            "os.fork()",
            "os.kill(1, 0)",
            f"open('{canary.file}').read()",
            f"open('{canary.touched}', 'w').write('x')",
            f"pathlib.Path('{canary.file}').read_text()",
            f"pathlib.Path('{canary.touched}').touch()",
            f"os.open('{canary.file}', 0)",
            f"os.remove('{canary.file}')",
            f"os.rename('{canary.file}', '{canary.touched}')",
            f"os.symlink('{canary.file}', '{canary.touched}')",
            f"os.listdir('{canary.file.parent}')",
            f"shutil.rmtree('{canary.file.parent}')",
            f"shutil.copy('{canary.file}', '{canary.touched}')",
            "open('/etc/passwd').read()",
            "open('/proc/self/environ').read()",
            "os.listdir('/etc')",
            f"open('{HERE}/README.md').read()",
            f"socket.create_connection(('127.0.0.1', {port}))",
            "socket.socket()",
            "socket.getaddrinfo('localhost', 80)",
            f"urllib.urlopen('{canary.address}')",
            "ctypes.CDLL(None)",
            f'ctypes.pythonapi.PyRun_SimpleString(b\'open("{canary.touched}", "w")\')',
            "''.__class__.__mro__[1].__subclasses__()[0].__init__.__globals__.os.system('true')",
        )
    ]
    out = beside(WITHOUT_SANDBOX, "\0".join(tries), tmp_path_factory.mktemp("scratch")).decode()
    answers = out.splitlines()
    assert len(answers) == len(tries)
    assert [answer for answer in answers if answer.startswith("DONE")] == []
    assert sum(answer == "refused" for answer in answers) >= len(tries) - 2, out
    assert canary.file.exists()
    assert not canary.touched.exists()
    assert canary.asked == []


def worker_process(pool: Pool) -> subprocess.Popen[bytes]:
    make("letter", pool)
    worker = pool._places.get()
    pool._places.put(worker)
    assert worker is not None
    return worker.process


def test_the_worker_knows_none_of_our_settings_or_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CASEMGR_DATABASE_URL", f"postgresql://{CANARY}")
    own = Pool(1)
    try:
        pid = worker_process(own).pid
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    finally:
        own.close()
    assert b"TMPDIR=" in environment
    assert CANARY.encode() not in environment + command
    assert b"CASEMGR" not in environment


def test_a_worker_that_is_expected_starts_once_and_makes_the_first_paper() -> None:
    own = Pool(1)
    try:
        own.start_soon()
        first = worker_process(own).pid
        own.start_soon()
        assert worker_process(own).pid == first
    finally:
        own.close()


def test_beside_a_large_server_a_worker_counts_its_own_memory_only() -> None:
    server = bytearray(500 * 1024 * 1024)
    server[::4096] = b"1" * len(server[::4096])
    own = Pool(1)
    try:
        first = worker_process(own).pid
        assert worker_process(own).pid == first, "it is not worn out by the server's memory"
    finally:
        own.close()
    assert server


def test_where_the_system_allows_it_the_worker_has_no_network_at_all(pool: Pool) -> None:
    allowed = subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode == 0
    pid = worker_process(pool).pid
    own = os.readlink("/proc/self/ns/net")
    assert (os.readlink(f"/proc/{pid}/ns/net") != own) or not allowed


PARENT = """
import sys; sys.path.insert(0, sys.argv[1])
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
import threading, time
pool = Pool(1)
pool.warm()
worker = pool._places.get(); pool._places.put(worker)
print(worker.process.pid, worker.scratch, flush=True)
bomb = {"x.html": "{% extends '_paper.html' %}{% block paper %}<table><td colspan=1000000>"
        "x</table>{% endblock %}"}
render("x.html", {}, title="T", sources=bomb, pool=pool)
"""


def test_when_the_server_is_killed_its_worker_ends_too_in_mid_paper() -> None:
    with subprocess.Popen(
        [sys.executable, "-I", "-c", PARENT, str(HERE)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid, scratch = parent.stdout.readline().split()
        time.sleep(0.5)
        assert Path(f"/proc/{pid}").exists()
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)
    assert not Path(scratch).exists()


def alive(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_closed_pool_leaves_no_process_and_no_folder() -> None:
    own = Pool(2)
    with ThreadPoolExecutor(2) as people:
        list(people.map(lambda _: make("request", own), range(2)))
    workers = [each for each in own._places.queue if each is not None]
    assert len(workers) == 2
    own.close()
    for worker in workers:
        assert worker.process.poll() is not None
        assert not Path(worker.scratch).exists()


def test_a_worker_that_dies_is_replaced_and_the_next_paper_is_made(pool: Pool) -> None:
    worker_process(pool).kill()
    time.sleep(0.1)
    assert isinstance(make("letter", pool), Rendered)


def test_papers_asked_for_at_the_same_time_are_each_the_right_one(pool: Pool) -> None:
    made: dict[int, str] = {}

    def ask(n: int) -> None:
        text = document("<b>{{ n }}</b>")
        made[n] = render("x.html", {"n": n}, title="T", sources=text, pool=pool).html

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert all(f"<b>{n}</b>" in made[n] for n in range(8))
    assert pool.waiting == 0


def test_a_library_that_is_lacking_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = "import sys; sys.path.insert(0, sys.argv[1]); sys.modules['weasyprint'] = None; "
    boot = lacking + "import casemgr.letters.worker as w; w.main()"
    monkeypatch.setattr("casemgr.letters.pool.BOOT", boot)
    own = Pool(1)
    with pytest.raises(CasemgrError, match=r"lacks a library that makes PDFs .* Install it with: "):
        make("letter", own)
    own.close()
