"""Coverage-guided fuzzing of everything that reads what others wrote. `make fuzz` runs it (tests/fuzz/__main__.py).

`targets` says what is tried and what must hold, `seeds` what it begins with. What was ever found stays as a file in
`tests/cases/fuzz/<target>/`, and `test_targets.py` tries these and the seeds in each run of the tests.
"""
