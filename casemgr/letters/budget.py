"""What one paper may cost before its worker is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Limits for filling a template and for laying it out; bytes, seconds and pages.

    The defaults leave room for a table of five thousand rows. `seconds` is the time on the clock
    after which the worker is killed, whatever it does.
    """

    fill_cpu_seconds: int = 5
    fill_memory: int = 256 * MIB
    fill_output: int = 20 * MIB
    cpu_seconds: int = 60
    seconds: float = 90.0
    memory: int = 1024 * MIB
    output: int = 50 * MIB
    pages: int = 2000
