"""From a stored value back to the field of the source that it was read from, without a reader."""
