"""Files in the world become records: a folder and an allow-list a format, one walker for all."""
