"""Importers and exporters, a format a folder, and the sample content."""
