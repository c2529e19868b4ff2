from _io import TextIOWrapper

def open(
    file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None
):
    # or a binary file, which is entered in the same way
    return TextIOWrapper(...)
