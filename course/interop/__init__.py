"""Files that other programs read or write: bytes in, bytes out. One file a format."""
