"""The work queue: what the bot could not answer, grouped by meaning, and the one step from a group to a fix."""
