"""Texts: normalisation, sentences and document formats. Pure: nothing here opens a file."""
