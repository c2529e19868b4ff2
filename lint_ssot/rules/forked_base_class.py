"""LSS103 tells second definitions of a declared base."""

from __future__ import annotations

from collections.abc import Iterator

from lint_ssot.diagnostic import Finding
from lint_ssot.lifecycle.module import LintedModule
from lint_ssot.lifecycle.standing import place_in
from lint_ssot.rule import rule


@rule("LSS103", message="{what} `{base}` ({place})", since="0.1")
def forked_base_class(module: LintedModule) -> Iterator[Finding]:
    """Checks for second definitions of a declared base."""
    for fork in module.forks:
        if fork.is_needed:
            continue
        base = fork.base.definition
        place = place_in(base.module, base.node.at)
        what = "the fallback takes the place of" if fork.is_fallback else "this is another class than"
        yield Finding(fork.at, {"what": what, "base": base.node.name, "place": place}, (place,))
