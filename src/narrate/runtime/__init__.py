"""What the steps share: plug-ins, a cache, workers, safe files. It knows values, never rooms.

::

    plugins   what is installed by whom, found without importing it
    places    where cache, state and configuration go on this system
    cache     bytes kept by what they depend on
    workers   many at once, handed back in order
    files     reading that ends; writing whole or not at all
    locks     one at a time, between processes
    staging   several files that appear together; journal is how

Nothing is imported here, so a command pays only for the module it uses.
"""
