import asyncio
from unittest import IsolatedAsyncioTestCase

class AioHTTPTestCase(IsolatedAsyncioTestCase):
    async def get_application(self):
        return self.get_app()

    def get_app(self):
        raise RuntimeError("Did you forget to define get_application()?")

    async def asyncSetUp(self):
        self.loop = asyncio.get_running_loop()
        return await self.setUpAsync()

    async def setUpAsync(self):
        self.app = await self.get_application()
        self.server = await self.get_server(self.app)
        self.client = await self.get_client(self.server)

    async def asyncTearDown(self):
        return await self.tearDownAsync()

    async def tearDownAsync(self):
        await self.client.close()

    async def get_server(self, app):
        return ...

    async def get_client(self, server):
        return ...

def unittest_run_loop(func, *args, **kwargs):
    return func
