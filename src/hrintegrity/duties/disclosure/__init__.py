"""What the public may know (三(六)2): by law, from the records, and nothing else."""
