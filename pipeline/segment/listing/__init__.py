"""Theme labels: in lists, tables and ticked forms, one a line or several."""
