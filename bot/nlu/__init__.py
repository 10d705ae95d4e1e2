"""Understanding: thin Rasa graph components over index.text, in the order of config.yml."""
