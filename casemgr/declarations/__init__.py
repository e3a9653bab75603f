"""Declarations as papers: what one says, read from any layout, and what a careful reader finds."""
