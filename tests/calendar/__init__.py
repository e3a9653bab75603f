"""Calendars: entries, addresses, hearings and the pages that show them."""
