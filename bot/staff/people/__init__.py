"""Who works here, how they sign in, and the log of what they did."""
