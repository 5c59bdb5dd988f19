"""Assessment on the 22 indicators (三(五)): standards, sheets, results, conclusions, notices."""
