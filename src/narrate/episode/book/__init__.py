"""The book that reads itself: EPUB 3.3 with media overlays, from the same reading and the same timeline as the page.

::

    binding    parts of a book -> the EPUB, written as a stream
    pages      a reading -> pages of the book, each with what is heard of it
    blocks     a block -> XHTML
    words      its words, sentences in elements of their own
    overlay    what is heard of a page -> SMIL, in clips without music
    package    pages and facts -> package document, navigation, container
    access     what is said of whom it is for
"""

from narrate.episode.book.audiobook import write_audiobook
from narrate.episode.book.binding import write_book
from narrate.episode.book.volume import Sound, Volume, VolumeFacts

__all__ = ["Sound", "Volume", "VolumeFacts", "write_audiobook", "write_book"]
