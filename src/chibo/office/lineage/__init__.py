"""Where a book comes from and what became of it: differences, merges, seals."""
