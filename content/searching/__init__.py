"""Finding things in the guide by what people call them, in six languages and with slips of the finger.

`words` turns names and queries into the same words, `spelling` says which words are meant by a misspelt or
unfinished one, `terms` keeps the table of words (models/search.py) in step with the items, `finding` answers.
"""
