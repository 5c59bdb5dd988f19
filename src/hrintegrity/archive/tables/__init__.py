"""The tables, one module per chapter, imported by need: each costs start-up time."""
