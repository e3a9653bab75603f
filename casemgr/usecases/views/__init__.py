"""What pages show: one function a page, plain values out, only what was known on the day."""
