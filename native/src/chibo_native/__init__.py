"""What of Chibo's reading is worth compiling; Chibo gives the same answers without it."""
