from aiounittest.case import AsyncTestCase
