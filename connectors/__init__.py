"""Files in the world become records: one folder a format, one allow-list each, one walker for all."""
