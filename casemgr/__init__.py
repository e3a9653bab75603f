"""The case manager for people who use the Freedom of Information Act and go to court over it."""

__version__ = "0.1.0"
