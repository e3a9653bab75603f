"""Values and functions of the law and the office: standard library only, no clock, no I/O."""
