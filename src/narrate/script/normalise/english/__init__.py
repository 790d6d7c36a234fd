"""Written → spoken for English: letters and numbers, a package each."""
