"""`python -m backlist` is the same program as `backlist`."""

from backlist.cli import main

if __name__ == "__main__":
    main()
