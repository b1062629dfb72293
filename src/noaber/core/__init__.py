"""What every other package may build on: money, dates, notation and addresses, without Django.

Nothing here reads the clock, a setting or the database; everything is a pure function or a
frozen value.
"""
