"""Lists of hashes: CSV with or without a header, or one hash a line."""
