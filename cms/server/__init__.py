"""The web server: Uvicorn, on connections of our own."""
