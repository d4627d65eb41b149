"""Loading the product's own guides and modules from `content/library` into the database.

`library` reads and checks the files, `ledger` remembers what was loaded so that an editor's words are
never overwritten, `records` and `pages` write.
"""
