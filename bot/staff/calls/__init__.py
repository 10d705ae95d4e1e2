"""Messages of citizens who want to be called back."""
