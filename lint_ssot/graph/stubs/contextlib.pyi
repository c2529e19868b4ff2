from abc import ABC, abstractmethod

class AbstractContextManager(ABC):
    __slots__ = ()

    def __class_getitem__(cls, item):
        return ...

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

class AbstractAsyncContextManager(ABC):
    __slots__ = ()

    def __class_getitem__(cls, item):
        return ...

    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        return ...

class AsyncContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        return ...

class _GeneratorContextManagerBase:
    gen = ...
    func = ...
    args = ...
    kwds = ...

    def __init__(self, func, args, kwds): ...
    def _recreate_cm(self):
        return self

class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager, ContextDecorator):
    def __enter__(self):
        return ...

    def __exit__(self, typ, value, traceback):
        return ...

class _AsyncGeneratorContextManager(
    _GeneratorContextManagerBase, AbstractAsyncContextManager, AsyncContextDecorator
):
    async def __aenter__(self):
        return ...

    async def __aexit__(self, typ, value, traceback):
        return ...

def contextmanager(func):
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper

def asynccontextmanager(func):
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper

class closing(AbstractContextManager):
    thing = ...

    def __init__(self, thing): ...
    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info): ...

class aclosing(AbstractAsyncContextManager):
    thing = ...

    def __init__(self, thing): ...
    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info): ...

class _RedirectStream(AbstractContextManager):
    _stream = ...
    _new_target = ...
    _old_targets = ...

    def __init__(self, new_target): ...
    def __enter__(self):
        return self._new_target

    def __exit__(self, exctype, excinst, exctb): ...

class redirect_stdout(_RedirectStream):
    _stream = "stdout"

class redirect_stderr(_RedirectStream):
    _stream = "stderr"

class suppress(AbstractContextManager):
    _exceptions = ...

    def __init__(self, *exceptions): ...
    def __enter__(self): ...
    def __exit__(self, exctype, excinst, exctb):
        return ...

class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    enter_result = ...

    def __init__(self, enter_result=None): ...
    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo): ...
    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo): ...

class chdir(AbstractContextManager):
    path = ...
    _old_cwd = ...

    def __init__(self, path): ...
    def __enter__(self): ...
    def __exit__(self, *excinfo): ...

class _BaseExitStack:
    _exit_callbacks = ...

    def __init__(self): ...
    @staticmethod
    def _create_exit_wrapper(cm, cm_exit):
        return ...

    @staticmethod
    def _create_cb_wrapper(callback, /, *args, **kwds):
        return ...

    def pop_all(self):
        return type(self)()

    def push(self, exit):
        return exit

    def enter_context(self, cm):
        return ...

    def callback(self, callback, /, *args, **kwds):
        return callback

    def _push_cm_exit(self, cm, cm_exit): ...
    def _push_exit_callback(self, callback, is_sync=True): ...

class ExitStack(_BaseExitStack, AbstractContextManager):
    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        return ...

    def close(self): ...

class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    @staticmethod
    def _create_async_exit_wrapper(cm, cm_exit):
        return ...

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        return ...

    async def enter_async_context(self, cm):
        return ...

    def push_async_exit(self, exit):
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        return callback

    async def aclose(self): ...
    def _push_async_cm_exit(self, cm, cm_exit): ...
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        return ...
