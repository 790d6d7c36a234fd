"""Web pages: which part of a page is the article, and what it says of itself."""
