"""The tests. A package, so that no library's own `tests` folder can be taken for it."""
