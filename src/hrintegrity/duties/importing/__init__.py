"""Tables that offices send: all rows or none, each wrong row named, what is there left as it is."""

from hrintegrity.duties.importing.whole import import_file

__all__ = ["import_file"]
