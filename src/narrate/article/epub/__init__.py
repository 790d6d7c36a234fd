"""EPUB: the package, its parts in order, notes across files."""
