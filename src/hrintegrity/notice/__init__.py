"""What the notice says: its words, places, figures and dates as frozen values.

The figures stand in `data/` with their clauses; the modules here read and check them.
"""
