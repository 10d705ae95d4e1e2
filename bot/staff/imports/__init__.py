"""The national catalogue comes in: a file, what it would change, and a person's word on every change."""
