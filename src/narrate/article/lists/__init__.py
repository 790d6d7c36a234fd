"""Bytes of a list of articles to a `ReadingList`: feeds, lists of feeds, addresses, exports of reading lists.

`choose.entries_of` tells by the bytes what they are, `signs.is_list` whether they are any. `entry.article_of` makes an
article of an entry whose text is in its list. Nothing is imported here: telling an article from a list must not cost.
"""
