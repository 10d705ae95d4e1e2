"""ANSWER: from a question and a record to an Answer that any channel can show. May import index and rasa_sdk.

Reading order: answer, words, compose, verify, dialogue, reply, resources, then the Rasa actions, one a file.
"""
