"""Opens a page in Chromium and does what a person would: python3 browser.py PAGE < ACTIONS.

Actions are JSON, one a line: {"key": "ArrowDown"}, {"write": "text"}, {"click": "#css"},
{"go": "#step=3"}, {"size": [400, 700]}, or {"ask": "an expression"}, for each of which a line with
its value in JSON is written. What the page itself complains of is written to standard error, and
ends in exit code 1. It is driven by the DevTools protocol over pipes, so nothing listens anywhere.
"""

import fcntl
import json
import os
import subprocess
import sys
import tempfile

KEYS = {"ArrowUp": 38, "ArrowDown": 40, "ArrowLeft": 37, "ArrowRight": 39, "Home": 36, "End": 35,
        "PageUp": 33, "PageDown": 34, "Enter": 13, "Escape": 27, "Tab": 9}
COMPLAINTS = ("Runtime.exceptionThrown", "Log.entryAdded", "Network.requestWillBeSent")


class Browser:
    def __init__(self, folder):
        command_read, self.commands = os.pipe()
        self.answers, answer_write = os.pipe()
        command_read, answer_write = (self.above(end) for end in (command_read, answer_write))

        def place():
            os.dup2(command_read, 3)
            os.dup2(answer_write, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--disable-dev-shm-usage", "--no-first-run", "--window-size=1300,900",
             f"--user-data-dir={folder}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=place, close_fds=False)
        os.close(command_read)
        os.close(answer_write)
        self.buffer = b""
        self.number = 0
        self.session = None
        self.complaints = []
        self.events = []

    @staticmethod
    def above(end):
        """The end of a pipe by a number beyond 4: the browser's own are 3 and 4."""
        moved = fcntl.fcntl(end, fcntl.F_DUPFD, 5)
        os.close(end)
        return moved

    def message(self):
        while b"\0" not in self.buffer:
            data = os.read(self.answers, 65536)
            if not data:
                raise SystemExit("chromium has ended")
            self.buffer += data
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        method = message.get("method", "")
        if method in COMPLAINTS:
            url = message["params"].get("request", {}).get("url", "")
            if not url.startswith(("file:", "data:")):
                self.complaints.append(json.dumps(message["params"])[:2000])
        elif method:
            self.events.append(method)
        return message

    def call(self, method, **parameters):
        self.number += 1
        call = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            call["sessionId"] = self.session
        os.write(self.commands, json.dumps(call).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]

    def open(self, url):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.events = []
        self.call("Page.navigate", url=url)
        while "Page.loadEventFired" not in self.events:
            self.message()

    def ask(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {json.dumps(result['exceptionDetails'])}")
        return result["result"].get("value")

    def press(self, key):
        text = {"text": key} if len(key) == 1 else {}
        code = KEYS.get(key, ord(key.upper()) if len(key) == 1 else 0)
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                      **(text if kind == "keyDown" else {}))

    def act(self, action):
        for kind, value in action.items():
            if kind == "key":
                self.press(value)
            elif kind == "write":
                self.call("Input.insertText", text=value)
            elif kind == "click":
                self.ask(f"document.querySelector({json.dumps(value)}).click()")
            elif kind == "go":
                # The page listens since before, so that it has heard of it when this is done.
                self.ask(
                    "new Promise((done) => { const before = location.hash;"
                    " addEventListener('hashchange', () => done(), { once: true });"
                    f" location.hash = {json.dumps(value)};"
                    " if (location.hash === before) done(); })")
            elif kind == "size":
                self.call("Emulation.setDeviceMetricsOverride", width=value[0], height=value[1],
                          deviceScaleFactor=1, mobile=False)
                self.ask("new Promise((done) => setTimeout(done, 200))")
            elif kind == "ask":
                print(json.dumps(self.ask(value)))


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            browser = Browser(folder)
        except FileNotFoundError:
            raise SystemExit("chromium is needed: make browser")
        try:
            browser.open("file://" + os.path.abspath(sys.argv[1]))
            for line in sys.stdin:
                browser.act(json.loads(line))
            browser.ask("0")
        finally:
            browser.process.kill()
            browser.process.wait()
        if browser.complaints:
            raise SystemExit("\n".join(browser.complaints))


main()
