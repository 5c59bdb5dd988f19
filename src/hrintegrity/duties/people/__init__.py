"""Pledges and practitioners (三(三) 二)."""
