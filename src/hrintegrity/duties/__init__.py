"""WHAT AN OFFICE DOES: one module per chapter of the notice."""
