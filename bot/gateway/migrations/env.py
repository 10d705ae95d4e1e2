"""Alembic asks for this file; ours run through bot/gateway/schema.py, which holds the connection."""
