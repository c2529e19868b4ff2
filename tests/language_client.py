"""An editor, as far as a language server can tell: JSON-RPC over the pipes of a real server."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# a server on a busy machine; what is answered sooner is taken sooner
PATIENCE = 60


class LanguageClient:
    """Talks to a server in a folder; what it publishes is remembered by file."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._published: queue.Queue[tuple[str, list[dict[str, Any]]]] = queue.Queue()
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def open(self, name: str, text: str) -> None:
        """Open a buffer."""
        document = {"uri": self.uri(name), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)

    def type(self, name: str, text: str) -> None:
        """Put another text into an open buffer, and do not save it."""
        document = {"uri": self.uri(name), "version": 2}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def write(self, name: str, text: str) -> None:
        """Change a file on disk, and tell the server as editors that watch do."""
        (self._folder / name).write_text(text, encoding="utf-8")
        self.notify("workspace/didChangeWatchedFiles", changes=[{"uri": self.uri(name), "type": 2}])

    def uri(self, name: str) -> str:
        """How the protocol calls a file of the folder."""
        return (self._folder / name).as_uri()

    def diagnostics(self, name: str, is_it: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Wait for the server to publish diagnostics of a file that are as wanted; the last ones if it does not."""
        last: list[dict[str, Any]] = []
        try:
            while not is_it(last):
                uri, found = self._published.get(timeout=PATIENCE)
                if uri == self.uri(name):
                    last = found
        except queue.Empty:
            pass
        return last

    def published(self, name: str) -> list[dict[str, Any]]:
        """The next diagnostics of a file that the server publishes, whatever they are."""
        while True:
            uri, found = self._published.get(timeout=PATIENCE)
            if uri == self.uri(name):
                return found

    def ask(self, method: str, **params: object) -> Any:
        """Ask, and wait for the answer."""
        self._number += 1
        answer = self._answers[self._number] = queue.Queue()
        self._send({"id": self._number, "method": method, "params": params})
        return answer.get(timeout=PATIENCE)

    def notify(self, method: str, **params: object) -> None:
        """Say something that has no answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for message in _messages(self._process.stdout.readline, self._process.stdout.read):
            if message.get("method") == "textDocument/publishDiagnostics":
                self._published.put((message["params"]["uri"], message["params"]["diagnostics"]))
            elif message.get("id") in self._answers and "method" not in message:
                self._answers[message["id"]].put(message.get("result"))


def _messages(read_line: Callable[[], bytes], read: Callable[[int], bytes]) -> Iterator[dict[str, Any]]:
    while header := read_line():
        if header.lower().startswith(b"content-length:"):
            while read_line().strip():
                pass
            yield json.loads(read(int(header.split(b":")[1])))


@contextmanager
def language_server(
    folder: Path, settings: dict[str, Any], command: Sequence[str] = (sys.executable, "-m", "pylsp")
) -> Iterator[LanguageClient]:
    """A real pylsp whose workspace is the folder, with the settings of its plug-ins."""
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        client = LanguageClient(process, folder)
        client.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        client.notify("initialized")
        client.notify("workspace/didChangeConfiguration", settings={"pylsp": {"plugins": settings}})
        try:
            yield client
        finally:
            client.ask("shutdown")
            client.notify("exit")
            process.wait(timeout=PATIENCE)
