"""WordPress exports (WXR) in: read as a stream, turned into records, stored in one transaction."""
