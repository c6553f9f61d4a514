"""emit: Records → tables, checked against the catalogue, and the files that hold them.

    Records of an edition → part → fragments of every table → files

The rows of an edition depend on that edition alone. What shows only beside others (`collection`)
has parts of its own, and files are joined from fragments (`assemble`).
"""
