"""What of Chibo is worth compiling; Chibo gives the same answers without it."""
