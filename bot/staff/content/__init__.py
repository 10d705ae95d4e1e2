"""What the bot knows, as the staff keep it: a tree of text files with their whole history in the service's database."""
