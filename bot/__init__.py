"""SPEAK: understanding (nlu), the private engine, the public gateway, the channels. May import actions and index."""
