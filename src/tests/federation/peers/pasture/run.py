"""Six actors, each signing another way, who look at an actor of ours and write to its inbox.

Run as `run.py ACTOR`; says what came of it as JSON, by the name of each. Serves them on loopback only, and leaves nothing
behind.
"""

import asyncio
import json
import logging
import os
import socket
import sys
import tempfile

import aiohttp
from fediverse_pasture.verify_actor import build_app
from hypercorn.asyncio import serve
from hypercorn.config import Config


async def asked(address, actor):
    """Waits for the server, which answers when all six are through."""
    async with aiohttp.ClientSession() as session:
        form, accept = {"actor_uri": actor}, {"accept": "application/json"}
        async with session.post(address, data=form, headers=accept) as answer:
            return await answer.json()


async def main(actor):
    listener = socket.create_server(("127.0.0.1", 0))
    domain = f"127.0.0.1:{listener.getsockname()[1]}"
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.accesslog = config.errorlog = None
    ended = asyncio.Event()
    serving = asyncio.create_task(serve(build_app(False, domain, False, 20), config, shutdown_trigger=ended.wait))
    print(json.dumps(await asked(f"http://{domain}/", actor)))
    ended.set()
    await serving


logging.disable(logging.CRITICAL)
with tempfile.TemporaryDirectory() as folder:
    # The package keeps the actors' keys in the folder that it is run in.
    os.chdir(folder)
    asyncio.run(main(sys.argv[1]))
