"""The whole guide as one spreadsheet or JSON file, and back: first what each row would do, then doing it."""
