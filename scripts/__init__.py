"""Programs for one show at a time, which use backlist and are no part of it."""
