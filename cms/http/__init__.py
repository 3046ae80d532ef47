"""What is served over HTTP: routes that the application joins."""
