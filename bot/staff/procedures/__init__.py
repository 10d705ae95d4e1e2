"""The records of procedures: their form, what is doubtful about them, the answers they give, the official record beside."""
