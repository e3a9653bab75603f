"""A real process whose clock the library faketime sets wrong, held against what it should do.

    python -m tests.chaos.faked

Debian's package faketime must be there. `tests/chaos/test_clocks.py` does the same with a clock of
ours in every place that reads one, at many more jumps; this shows that no place was forgotten.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.scheduler import new_watch, tick
from casemgr.usecases import health
from tests import makes
from tests.chaos.owed import Owed, owe
from tests.chaos.test_clocks import ALARM, due_at
from tests.reminders.office import Post

JUMPS = ("+1h", "-1h", "+1y", "-1y")
HALF = 5  # due now; as many in half an hour


class Faked:
    """A process of its own that ticks when it is told to, by a clock that a file sets."""

    def __init__(self, owed: Owed, library: Path, jump: str = "+0") -> None:
        self.clock = owed.data / "clock"
        self.set(jump)
        env = {
            **os.environ,
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        line = [sys.executable, "-m", "tests.chaos.faked", "child", owed.url, str(owed.data)]
        self.process = subprocess.Popen(
            line, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def set(self, jump: str) -> None:
        """Set the clock forward or back from true time."""
        half = self.clock.with_suffix(".half")
        half.write_text(f"{jump}\n", encoding="ascii")
        half.replace(self.clock)

    def does(self, what: str) -> Any:
        """Have it tick, or believe its clock; return the mails that went out, and its time."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def ends(self) -> None:
        """End the process."""
        self.process.communicate()


def child(url: str, data: Path) -> None:
    """Tick, or believe the clock, for each line that comes in."""
    engine = open_engine(url)
    desk = replace(makes.make_desk(engine, data), as_of=None)
    watch = new_watch()
    for line in sys.stdin:
        post = Post()
        if line.strip() == "believe":
            with desk.work() as work:
                health.believe_clock(work, datetime.now(UTC))
        else:
            watch = tick(desk, lambda: nullcontext(post), watch)  # noqa: B023
        mails = [(str(each["Message-ID"]), str(each["Subject"])) for each in post.mails]
        print(json.dumps({"at": datetime.now(UTC).isoformat(), "mails": mails}), flush=True)
    engine.dispose()


def make(folder: Path) -> tuple[Owed, Mapping[str, datetime]]:
    """Make an office in which half is due now and half in half an hour."""
    url = f"sqlite:///{folder / 'casemgr.sqlite3'}"
    migrate(url)
    owed = owe(url, folder, 2 * HALF)
    now = datetime.now(UTC)
    return owed, due_at(owed, [now - timedelta(minutes=1), now + timedelta(minutes=30)])


def of(owed: Owed, told: Any) -> list[str]:
    """Return the subjects of what was owed, without any other mail."""
    return [subject for id_, subject in told["mails"] if id_ in owed.expected]


def jumped(library: Path, jump: str) -> bool:
    """Say whether a running process notices, sends nothing, and goes on when all is right."""
    with tempfile.TemporaryDirectory() as folder:
        owed, _ = make(Path(folder))
        faked = Faked(owed, library)
        before = of(owed, faked.does("tick"))
        faked.set(jump)
        wrong = faked.does("tick")
        faked.set("+0")
        after = of(owed, faked.does("tick"))
        faked.ends()
    apart = abs(datetime.fromisoformat(wrong["at"]) - datetime.now(UTC))
    print(
        f"{jump} while it runs: clock {apart} off, {len(before)} sent before, "
        f"{len(of(owed, wrong))} while wrong, told: {[s for _, s in wrong['mails']]}, "
        f"{len(after)} after"
    )
    told = [subject for _, subject in wrong["mails"]] == [ALARM]
    return len(before) == HALF and told and not after and apart > timedelta(minutes=50)


def restarted(library: Path) -> bool:
    """Say whether what a process sent a year early is sent again, and says so."""
    with tempfile.TemporaryDirectory() as folder:
        owed, _ = make(Path(folder))
        faked = Faked(owed, library, "+1y")
        early = of(owed, faked.does("tick"))
        faked.set("+0")
        wrong = faked.does("tick")
        faked.does("believe")
        again = of(owed, faked.does("tick"))
        faked.ends()
    said = sum(each.startswith("(Possible repeat)") for each in again)
    print(
        f"+1y before it starts: {len(early)} sent, then {len(of(owed, wrong))} while in doubt, "
        f"{len(again)} again of what was due, {said} of them say so"
    )
    return len(early) == 2 * HALF and len(again) == said == HALF


def main() -> int:
    """Try each jump; return how many went wrong."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        print("The library faketime is not on this machine. Type: apt-get install faketime")
        return 2
    held = [*(jumped(found[0], each) for each in JUMPS), restarted(found[0])]
    print("ok" if all(held) else "WRONG")
    return held.count(False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
