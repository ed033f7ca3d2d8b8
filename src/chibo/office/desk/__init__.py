"""The desk of one cell: its open book, and every act of the page upon it."""
