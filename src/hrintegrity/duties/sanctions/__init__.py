"""Sanctions (三(八)2): imposed by the ladder, settled, withdrawn, served in writing, reported."""
