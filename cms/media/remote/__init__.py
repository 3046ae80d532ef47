"""Images on other servers: fetched from the hosts that the operator listed, and no others."""
