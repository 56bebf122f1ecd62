"""Upgrades from the release before: its rows, its code, its demo folder.

`v1.0.0.json.gz` was made once by make_database.py in a checkout of that release. The next
release adds its own beside it, and moves PREVIOUS on.
"""

# Release 1.0.0 (tag v1.0.0): a clone may lack the tag, never the commit.
PREVIOUS = "06016a2671f5ce5738d0784a60a6142dfb71ea01"
