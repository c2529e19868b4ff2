"""Write anew what the docs derive from the code: the tree, the table of rules, the transcripts."""

from __future__ import annotations

from tests import demo, rule_table, transcripts, tree

if __name__ == "__main__":
    tree.write()
    rule_table.write()
    demo.write()
    transcripts.write()
