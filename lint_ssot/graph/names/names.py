"""What a dotted name means in a module at run time."""

from __future__ import annotations

import builtins
from collections.abc import Set

from lint_ssot.facts.expressions import Argument, Attribute, Call, Constant, Expression, Name
from lint_ssot.facts.statements import Class, Function, Import, ImportFrom
from lint_ssot.graph.definitions import (
    ClassDefinition,
    External,
    FunctionDefinition,
    Missing,
    Module,
    ModuleDefinition,
    Origin,
    Resolution,
    Unknown,
    ValueDefinition,
    agreement,
)
from lint_ssot.graph.modules.modules import Modules
from lint_ssot.graph.names.bindings import (
    Assigned,
    Binding,
    Bindings,
    Defined,
    Either,
    Guarded,
    Imported,
    ImportedFrom,
    Named,
    Starred,
    Unbound,
    Unclear,
    may_be_unbound,
)
from lint_ssot.graph.names.exported import exported, may_hide
from lint_ssot.graph.names.openness import why_open
from lint_ssot.graph.names.scopes import Scope, Scopes
from lint_ssot.graph.queries import Queries

_BUILTINS = frozenset(dir(builtins))
_NO_NAME = Unknown("no plain name")
# functions that return the module whose name they are given
_IMPORTING_CALLS = frozenset({"importlib.import_module", "pytest.importorskip"})


class Names:
    """Resolves names; whatever it cannot follow is Unknown, and Missing is only what is proven so."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.scopes = Scopes(modules.project.requires_python, modules.mentions)
        self._queries: Queries[tuple[Module, str], Resolution] = Queries(self._looked_up, self._in_a_circle)
        self._read: dict[tuple[Module, str], Resolution] = {}

    def forget(self, modules: Set[Module]) -> None:
        """Forget what the names of these modules are."""
        self._queries.forget(lambda key: key[0] in modules)
        self._read = {key: found for key, found in self._read.items() if key[0] not in modules}
        self.scopes.forget(modules)
        self.modules.forget(modules)

    def lookup(self, module: Module, name: str) -> Resolution:
        """What a name is when the module has been imported; submodules of a package count as its names.

        Missing(module, name): the module does not bind it. Missing of another module: an import that binds it fails.
        """
        return self._queries.answer((module, name))

    def resolve(self, module: Module, expression: Expression, owner: ClassDefinition | None = None) -> Resolution:
        """What a name or a chain of attributes is at module level or, with `owner`, in the body of that class."""
        if owner is not None:
            return self._evaluated(expression, self.scopes.of_body(owner))
        if isinstance(expression, Attribute):
            return self.attribute(self.resolve(module, expression.value), expression.attr)
        return self._global(module, expression.id) if isinstance(expression, Name) else _NO_NAME

    def _global(self, module: Module, name: str) -> Resolution:
        """What a name is in the module's functions, which ask for the same few over and over."""
        key = module, name
        found = self._read.get(key)
        if found is None:
            scope = self.scopes.of_module(module)
            found = self.bound_in(scope, name, scope.bindings.get(name))
            if self._queries.is_idle:
                self._read[key] = found
        return found

    def resolve_header(self, definition: ClassDefinition, expression: Expression) -> Resolution:
        """What a base, keyword or decorator of a class statement is, at the moment the statement runs."""
        return self._evaluated(expression, self.scopes.of_header(definition))

    def absolute(self, dotted: str, importer: Module | None = None) -> Resolution:
        """What an absolute dotted name is: a module, or something in one."""
        first, *rest = dotted.split(".")
        found = self._module_named(first, importer)
        for attr in rest:
            found = self.attribute(found, attr)
        return found

    def dotted(self, module: Module, expression: Expression, owner: ClassDefinition | None = None) -> str | None:
        """The canonical dotted name of a class, function, module or of something outside the project, else None."""
        return canonical(self.resolve(module, expression, owner))

    def bound_in(self, scope: Scope, name: str, binding: Binding) -> Resolution:
        """What a binding stands for in its scope."""
        found = self._follow(scope, name, binding)
        return self._outward(scope, name) if found is None else found

    def bound_here(self, scope: Scope, name: str, binding: Binding) -> Resolution | None:
        """What a binding stands for, None if the scope itself does not bind the name after all."""
        return self._follow(scope, name, binding)

    def attribute(self, found: Resolution, attr: str) -> Resolution:
        """What `found.attr` is; of a class only what its own body binds."""
        match found:
            case External(name=name):
                return External(f"{name}.{attr}")
            case ModuleDefinition(module=module):
                return self.lookup(module, attr)
            case ClassDefinition():
                scope = self.scopes.of_body(found)
                member = self._follow(scope, attr, scope.bindings.get(attr))
                return Unknown(f"`{attr}` may be inherited") if member is None else member
            case Missing() | Unknown():
                return found
        return Unknown(f"an attribute `{attr}` of a value")

    def imported_module(self, module: Module, statement: ImportFrom) -> Resolution:
        """The module that a from-import imports from."""
        absolute = self.modules.relative(module, statement.module, statement.level)
        if absolute is None:
            return Unknown("a relative import without a parent package")
        return self._module_named(absolute, module)

    def _looked_up(self, key: tuple[Module, str]) -> Resolution:
        module, name = key
        if module.facts.trouble is not None:
            return Unknown(f"`{module.name}` cannot be read")
        scope = self.scopes.of_module(module)
        try:
            found = self._follow(scope, name, scope.bindings.get(name))
        except RecursionError:
            return Unknown("too many names lead to each other")
        if found is None:
            return self._absent(module, name)
        if isinstance(found, ValueDefinition) and self.scopes.rebinds(module, name):
            return ValueDefinition(module, None)
        return found

    def _in_a_circle(self, key: tuple[Module, str]) -> Resolution:
        module, name = key
        return self._submodule(module, name) or Unknown(f"`{name}` leads back to itself")

    def _absent(self, module: Module, name: str) -> Resolution:
        """What a name is that no statement of the module level binds."""
        if (submodule := self._submodule(module, name)) is not None:
            return submodule
        if self.scopes.rebinds(module, name):
            return ValueDefinition(module, None)
        if (name.startswith("__") and name.endswith("__")) or module.origin is not Origin.PROJECT:
            return Unknown(f"`{name}` is not written in `{module.name}`")
        why = why_open(module, name, self.modules, self.scopes)
        return Missing(module.name, name) if why is None else Unknown(why)

    def _submodule(self, module: Module, name: str) -> Resolution | None:
        found = self.modules.submodule(module, name) if module.is_package else None
        return ModuleDefinition(found) if isinstance(found, Module) else found

    def _module_named(self, name: str, importer: Module | None) -> Resolution:
        found = self.modules.find(name, importer)
        return ModuleDefinition(found) if isinstance(found, Module) else found

    def _evaluated(self, expression: Expression, scope: Scope) -> Resolution:
        match expression:
            case Name(id=name):
                return self.bound_in(scope, name, scope.bindings.get(name))
            case Attribute(value=value, attr=attr):
                return self.attribute(self._evaluated(value, scope), attr)
        return _NO_NAME

    def _outward(self, scope: Scope, name: str) -> Resolution:
        """What a name is that its own scope does not bind: an enclosing scope's, or a builtin."""
        if scope.outer is not None:
            outer = scope.outer
            if outer.outer is None:
                found = self.lookup(outer.module, name)
                return _builtin(found, outer.module, name)
            if outer.owner is None:
                return self.bound_in(outer, name, outer.bindings.get(name))
            return self._outward(outer, name)
        return _builtin(self._absent(scope.module, name), scope.module, name)

    def _follow(self, scope: Scope, name: str, binding: Binding) -> Resolution | None:
        """What a binding leads to, None if the name is not bound after all."""
        match binding:
            case Unbound():
                return None
            case Defined(node=node):
                return _definition(scope, node)
            case Imported(module=module):
                return self._module_named(module, scope.module)
            case ImportedFrom(statement=statement, name=imported):
                return self.attribute(self.imported_module(scope.module, statement), imported)
            case Unclear(why=why):
                return Unknown(why)
            case Named(name=other, binding=inner):
                return self.bound_in(scope, other, inner)
            case Assigned():
                return self._value(scope, binding)
        return self._choice(scope, name, binding)

    def _choice(self, scope: Scope, name: str, binding: Either | Guarded | Starred) -> Resolution | None:
        match binding:
            case Either(choices=choices):
                return agreement([self._follow(scope, name, each) for each in choices])
            case Guarded(then=then, otherwise=otherwise):
                if any(self._fails(scope.module, each) for each in binding.imports):
                    # if nothing else binds the name, the import that fails says best why
                    return agreement([self._follow(scope, name, otherwise), _missing(self._follow(scope, name, then))])
                if any(self._fails(scope.module, each) for each in binding.possible):
                    return agreement([self._follow(scope, name, each) for each in (then, otherwise)])
                return self._follow(scope, name, then)
        return self._starred(scope, name, binding)

    def _starred(self, scope: Scope, name: str, binding: Starred) -> Resolution | None:
        source = self.imported_module(scope.module, binding.statement)
        given = exported(self.lookup, source, name)
        if given is None:
            before = self._follow(scope, name, binding.before)
            return Unknown("it may come from a star import") if before is None and may_hide(source) else before
        if isinstance(source, ModuleDefinition):
            bound = self.scopes.of_module(source.module).bindings.get(name)
            if may_be_unbound(bound) and not isinstance(bound, Unbound):
                return agreement([given, self._follow(scope, name, binding.before)])
        return given

    def _value(self, scope: Scope, binding: Assigned) -> Resolution:
        value = binding.value
        unfollowed = ValueDefinition(scope.module, value, scope.owner)
        if binding.root is None:
            return unfollowed
        names = Bindings({binding.root.name: binding.root.binding})
        at_the_time = Scope(scope.module, names, scope.outer, scope.owner)
        match value:
            case Attribute():
                found = self._evaluated(value, at_the_time)
            case Call(function=function, arguments=(Argument(Constant(str() as name)), *_)):
                is_import = canonical(self._evaluated(function, at_the_time)) in _IMPORTING_CALLS
                found = self._module_named(name, scope.module) if is_import else unfollowed
            case _:
                return unfollowed
        is_open = isinstance(found, Unknown) or (isinstance(found, Missing) and isinstance(value, Call))
        return unfollowed if is_open else found

    def _fails(self, module: Module, statement: Import | ImportFrom) -> bool:
        """Whether an import is known to raise ImportError."""
        if isinstance(statement, Import):
            return any(isinstance(self.modules.find(each.name, module), Missing) for each in statement.names)
        source = self.imported_module(module, statement)
        if isinstance(source, Missing):
            return True
        names = [alias.name for alias in statement.names if alias.name != "*"]
        return any(isinstance(self.attribute(source, name), Missing) for name in names)


def _missing(found: Resolution | None) -> Missing | None:
    return found if isinstance(found, Missing) else None


def _definition(scope: Scope, node: Class | Function) -> ClassDefinition | FunctionDefinition:
    if isinstance(node, Class):
        return ClassDefinition(scope.module, node)
    return FunctionDefinition(scope.module, node, scope.owner)


def canonical(found: Resolution) -> str | None:
    """The dotted name by which a thing is known everywhere, None for values and for what is not known."""
    match found:
        case External(name=name):
            return name
        case ClassDefinition(module=module, node=node):
            return f"{module.name}.{node.qualname}"
        case FunctionDefinition(module=module, node=function):
            return f"{module.name}.{function.qualname}"
        case ModuleDefinition(module=module):
            return module.name
    return None


def _builtin(found: Resolution, module: Module, name: str) -> Resolution:
    is_unbound = isinstance(found, (Missing, Unknown)) and name in _BUILTINS
    if is_unbound and (isinstance(found, Unknown) or found == Missing(module.name, name)):
        return External(f"builtins.{name}")
    return found
