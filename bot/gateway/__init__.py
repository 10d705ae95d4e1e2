"""The only public process: settings → text_guard → masking → sessions and store → engine or fallback → a channel's view.

Reading order: settings, text_guard, masking, conversation, sessions, store, limits, engine (with engine_process,
engine_watch and models), metrics, health, app. What is kept and erased: keeping, and what it imports.
Imports no Rasa: when the engine is gone, this process still answers.
"""
