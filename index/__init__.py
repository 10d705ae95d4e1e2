"""FIND: Vietnamese text, records, passages and search. Imports nothing of ours but itself.

Reading order: procedure, text, catalogue, chunk, retriever, encoder, dense, lexical, fusion, settings, search, release.
"""
