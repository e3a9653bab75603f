"""The API: whatever a page can do, for programs, under /api/v1."""
