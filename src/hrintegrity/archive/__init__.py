"""WHAT IS REMEMBERED: tables, engine, journal, backup, migrations."""
