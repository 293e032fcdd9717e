"""Terms: the glossary's entries and their occurrences in a text. Pure: nothing here opens a file."""
