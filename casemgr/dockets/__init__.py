"""Docket papers as they come from courts and docket services, read into one shape."""
