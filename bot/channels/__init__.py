"""Channels: HTTP in and out (web), and how an Answer looks there (web_view: pure)."""
