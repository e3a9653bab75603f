"""Pages: one file a noun, each route a few lines that call one use case or one view."""
