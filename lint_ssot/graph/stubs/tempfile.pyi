class TemporaryDirectory:
    name = ...
    _finalizer = ...
    _delete = ...
    _ignore_cleanup_errors = ...

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True): ...
    @classmethod
    def _rmtree(cls, name, ignore_errors=False, repeated=False): ...
    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False, delete=True): ...
    def __class_getitem__(cls, item):
        return ...

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb): ...
    def cleanup(self): ...

class _TemporaryFileWrapper:
    file = ...
    name = ...
    delete = ...
    _closer = ...

    def __init__(self, file, name, delete=True, delete_on_close=True): ...
    def __getattr__(self, name):
        return ...

    def __enter__(self):
        return self

    def __exit__(self, exc, value, tb):
        return ...

    def close(self): ...
    def __iter__(self):
        return ...

def NamedTemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    delete=True,
    *,
    errors=None,
    delete_on_close=True,
):
    return _TemporaryFileWrapper(..., ...)

def TemporaryFile(
    mode="w+b",
    buffering=-1,
    encoding=None,
    newline=None,
    suffix=None,
    prefix=None,
    dir=None,
    *,
    errors=None,
):
    # or the file itself, which is entered in the same way
    return _TemporaryFileWrapper(..., ...)
