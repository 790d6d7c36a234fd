"""The one place that knows the order of the rooms.

`make` takes an `Order` to a `Result`::

    reading      name of an article -> Script        (article, script)
    casting      Script             -> voices        (speech)
    performing   Script, voices     -> takes, cached (speech, runtime)
    encoding     Timeline           -> units, cached (mix, episode, runtime)
    packing      Timeline, units    -> staged files  (episode)
    shows        episodes           -> show.toml, feed.xml, cover, page (feed)

Each of these modules is one step; `making` puts them in order.
"""
