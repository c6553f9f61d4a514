"""report: tables → pages that open from disk, for people who check values against the print.

    tables of an edition → its pages and its facts; facts of all editions → the pages over them

Pure: rows go in, relative paths and bytes come out. Templates, style, script, strings and the
outline of the land lie beside the code.
"""
