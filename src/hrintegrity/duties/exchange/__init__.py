"""Exchange of records between the archives of districts and city (二(三), 三(六)1)."""
