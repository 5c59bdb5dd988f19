"""The campaign month 诚信服务月 (三(四)): its days, activities, attachments, distinctions."""
