"""Revisions; each says in one line what it brings."""
