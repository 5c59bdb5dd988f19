"""What an office tells others: the summary of the month (四(四)), rates, posters (三(三) 一)."""
