"""The press makes renditions in processes of their own, each once, and keeps them."""
