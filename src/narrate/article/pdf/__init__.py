"""PDF: marks on pages → text in the order it is read."""
