"""A tree of HTML → text, blocks and omissions, for web pages, books and documents."""
