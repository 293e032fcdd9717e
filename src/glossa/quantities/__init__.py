"""Dates, times, numbers, money: found in English, written as each language writes them, checked. Pure."""
