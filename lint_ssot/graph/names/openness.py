"""Why a module may have a name that none of its statements binds."""

from __future__ import annotations

from lint_ssot.facts.expressions import Attribute, Expression
from lint_ssot.facts.statements import Function
from lint_ssot.graph.definitions import Module
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.modules.tables import is_only_read
from lint_ssot.graph.names.bindings import Defined
from lint_ssot.graph.names.on_demand import display_of, refuses
from lint_ssot.graph.names.scopes import Scopes


def why_open(module: Module, name: str, modules: Modules, scopes: Scopes) -> str | None:
    """What may give the name to a module of the project; None if nothing does."""
    if _has_on_demand(module, name, scopes):
        return f"`{module.name}` has a `__getattr__`"
    if (because := scopes.opened_by(module)) is not None:
        return f"`{module.name}` may have any name: {because}"
    if any(_reaches_out(each, modules) for each in modules.imported_by(module)):
        return f"`{module.name}` imports what reaches into its importers"
    if _is_handed_over(module, modules):
        return f"`{module.name}` may be replaced by what it is handed to"
    return None


def _has_on_demand(module: Module, name: str, scopes: Scopes) -> bool:
    bindings = scopes.of_module(module).bindings
    if "__getattr__" not in bindings.names:
        return False
    match bindings.get("__getattr__"):
        case Defined(node=Function() as function):
            return not refuses(function, name, lambda table: display_of(module.facts.body, table))
    return True


def _reaches_out(module: Module, modules: Modules) -> bool:
    """Whether a module may bind names in those that call it."""
    return modules.contains(module, b"f_globals") and not is_only_read(module.facts.body, _is_of_a_frame)


def _is_of_a_frame(expression: Expression) -> bool:
    return isinstance(expression, Attribute) and expression.attr == "f_globals"


def _is_handed_over(module: Module, modules: Modules) -> bool:
    """Whether a module tells its name to one that it imports, and that writes to `sys.modules`."""
    writers = (
        each
        for each in modules.imported_by(module)
        if modules.contains(each, b"sys.modules") and modules.mentions(each).magic.writes_modules
    )
    return any(writers) and modules.mentions(module).names("__name__")
