"""Stopping the bot, or one procedure, within seconds."""
