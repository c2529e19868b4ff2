def unpack(func):
    return func

def data(*values):
    def decorator(func):
        return func

    return decorator

def idata(iterable, index_len=None):
    def decorator(func):
        return func

    return decorator

def file_data(value, yaml_loader=None):
    def decorator(func):
        return func

    return decorator

def named_data(*named_values):
    def decorator(func):
        return func

    return decorator

def ddt(arg=None, **kwargs):
    return arg
