"""Complaints, reports and suggestions (三(六)1, 四(三)), and who made them, kept apart."""
