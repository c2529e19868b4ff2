from asyncio.locks import Barrier, BoundedSemaphore, Condition, Event, Lock, Semaphore
from asyncio.runners import Runner, run
from asyncio.taskgroups import TaskGroup
from asyncio.timeouts import Timeout, timeout, timeout_at

async def sleep(delay, result=None):
    return result

async def wait_for(fut, timeout):
    return ...

async def open_connection(host=None, port=None, *, limit=0, **kwds):
    return ...

async def start_server(client_connected_cb, host=None, port=None, *, limit=0, **kwds):
    return ...

async def create_subprocess_exec(program, *args, **kwds):
    return ...

async def create_subprocess_shell(cmd, **kwds):
    return ...
