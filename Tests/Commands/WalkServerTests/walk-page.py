"""Walks through a model on the page as somebody does who has a mouse and keys, by Chromium's DevTools protocol.

Called with the address of the page and a folder for what it downloads; writes as JSON what it has seen. The
model is Models/handover.m.
"""

import json
import os
import select
import subprocess
import sys
import time

address, folder = sys.argv[1:3]
PATIENCE = 15


class Browser:
    """Chromium, told what to do through a pipe: messages end in a zero byte."""

    def __init__(self):
        (read, self.writing), (self.reading, write) = os.pipe(), os.pipe()
        script = f'exec chromium "$@" 3<&{read} 4>&{write}'
        options = ["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
                   "--no-first-run", "--disable-dev-shm-usage", "--disable-background-networking",
                   "--disable-component-update", "--disable-sync", "--disable-extensions",
                   "--password-store=basic", f"--user-data-dir={folder}/profile", "about:blank"]
        self.process = subprocess.Popen(
            ["sh", "-c", script, "sh"] + options, pass_fds=(read, write),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self.pending = b""
        self.number = 0
        self.complaints = []
        self.session = None

    def receive(self, deadline):
        while b"\0" not in self.pending:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.reading], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            more = os.read(self.reading, 1 << 20)
            if not more:
                raise EOFError("the browser has ended")
            self.pending += more
        message, self.pending = self.pending.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self.receive(deadline)
            self.note(answer)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def note(self, answer):
        """What a page should not do: throw, or ask for what its policy forbids."""
        parameters = answer.get("params", {})
        if answer.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(str(parameters["exceptionDetails"]))
        if answer.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            # The browser itself tells of answers that are refusals.
            if parameters["entry"]["source"] != "network":
                self.complaints.append(str(parameters["entry"]))

    def open(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "DOM"]:
            self.call(f"{domain}.enable")
        self.size(1400, 1000)
        self.call("Page.navigate", url=address)

    def size(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            value = self.value(expression)
            if value:
                return value
            time.sleep(0.02)
        raise TimeoutError(f"{expression}: {self.value('document.body.innerText')}")

    def click(self, selector, number=0):
        place = self.wait(
            f"(() => {{ const e = document.querySelectorAll({json.dumps(selector)})[{number}];"
            "if (!e) return null; e.scrollIntoView({ block: 'center' });"
            "const r = e.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in ["mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left",
                      clickCount=1)

    def write(self, text):
        self.call("Input.insertText", text=text)

    def press(self, key, text=None):
        codes = {"Enter": 13, "Escape": 27, "Backspace": 8, "ArrowLeft": 37, "ArrowRight": 39,
                 "Home": 36, "End": 35, "Tab": 9}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = codes.get(key, ord(key.upper()) if len(key) == 1 else 0)
        down = {"type": "keyDown" if text else "rawKeyDown", "key": key,
                "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        self.call("Input.dispatchKeyEvent", **down)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)


browser = Browser()


def shown():
    """Which walk, and which step of it, the page shows."""
    return browser.value("document.body.dataset.shown ?? ''")


def after(action):
    """Does something, and waits until the page shows something else."""
    before = shown()
    action()
    browser.wait(f"(document.body.dataset.shown ?? '') !== {json.dumps(before)}")


def look():
    return browser.value("""(() => ({
      position: document.getElementById('position').textContent,
      title: document.querySelector('#steps [aria-selected=true] .title')?.title ?? null,
      values: Object.fromEntries([...document.querySelectorAll('#values [data-place]')]
        .map((cell) => [cell.dataset.place, cell.textContent])),
      choices: [...document.querySelectorAll('#choices button:not(:disabled)')]
        .map((button) => [Number(button.dataset.rule), button.dataset.bindings]),
      fired: [...document.querySelectorAll('#source .fired')].map((line) => Number(line.dataset.line)),
      changed: [...document.querySelectorAll('#changes tbody tr')]
        .map((row) => [...row.querySelectorAll('th, .old, .new')].map((cell) => cell.textContent)),
      lanes: document.querySelectorAll('#head .lane').length,
      dots: document.querySelectorAll('#steps [aria-selected=true] .dot').length,
    }))()""")


def text(identifier):
    return browser.value(f"document.getElementById({json.dumps(identifier)}).textContent")


def fill(identifier, content):
    browser.click(f"#{identifier}")
    browser.write(content)


def watched(content):
    return browser.wait(
        f"[...document.querySelectorAll('#watched .watch')].find((e) => e.dataset.expression === "
        f"{json.dumps(content)})?.querySelector('.value, .wrong')?.textContent")


seen = {}
try:
    browser.open()
    browser.wait("document.body?.dataset.shown")
    seen["heading"] = text("heading")
    browser.press("u")
    after(lambda: browser.click("#choices button"))
    seen["steps"] = [look()]
    for step in range(12):
        count = len(seen["steps"][-1]["choices"])
        choice = step * 7 % count
        if step % 3 == 2 and choice < 9:
            browser.value("document.activeElement.blur()")
            after(lambda: browser.press(str(choice + 1)))
        else:
            after(lambda: browser.click("#choices button:not(:disabled)", choice))
        seen["steps"].append(look())

    # Expressions, by key and by hand.
    browser.value("document.activeElement.blur()")
    browser.press("e")
    browser.wait("document.activeElement.id === 'expression-text'")
    browser.write("phase")
    browser.press("Enter")
    seen["phase"] = watched("phase")
    fill("expression-text", "phse = SERVING")
    browser.press("Enter")
    seen["mistake"] = watched("phse = SERVING")
    browser.press("Escape")

    # Back along the walk, by keys.
    for _ in range(3):
        after(lambda: browser.press("ArrowLeft"))
    seen["earlier"] = look()
    seen["earlierPhase"] = watched("phase")
    after(lambda: browser.press("Home"))
    seen["home"] = look()

    # Keys are told, and Escape leaves them.
    browser.press("?")
    browser.wait("document.getElementById('keys').open")
    browser.press("Escape")
    browser.wait("!document.getElementById('keys').open")

    # Rules that do not match are hidden.
    browser.press("/")
    browser.wait("document.activeElement.id === 'search'")
    browser.write("hand-over")
    seen["found"] = browser.wait(
        "(() => { const g = [...document.querySelectorAll('#choices .group')];"
        "return g.some((e) => e.classList.contains('hidden'))"
        " && g.filter((e) => !e.classList.contains('hidden')).map((e) => e.dataset.name); })()")
    browser.value("document.getElementById('search').value = '';"
                  "document.getElementById('search').dispatchEvent(new Event('input'))")
    browser.press("Escape")

    # Why a rule is not enabled.
    browser.value("document.getElementById('why-rule').focus();"
                  "document.getElementById('why-rule').selectedIndex ="
                  " [...document.querySelectorAll('#why-rule option')].findIndex("
                  "(e) => e.textContent === 'user: use a device')")
    browser.click("#why button")
    browser.wait("!!document.querySelector('#why-answer .part')")
    seen["why"] = browser.value(
        "[...document.querySelectorAll('#why-answer details')].map((e) =>"
        " [...e.querySelectorAll('.part')].map((p) => [p.dataset.truth, p.querySelector('code').textContent]))")

    # A shortest way, from the start.
    fill("way-condition", "phase = COMPLETE")
    after(lambda: browser.click("#way-start"))
    seen["way"] = browser.wait("document.getElementById('message').textContent")
    seen["end"] = look()

    # The states, by phase.
    fill("graph-by", "phase")
    browser.press("Enter")
    browser.wait("!!document.querySelector('#drawing .node')")
    seen["graph"] = browser.value(
        "[...document.querySelectorAll('#drawing .node text')].map((e) => e.textContent)")
    seen["current"] = browser.value("document.querySelector('#drawing .current text').textContent")

    # Kept, left, and walked again.
    browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=folder)
    browser.click("#save")
    kept = os.path.join(folder, "walk.json")
    deadline = time.monotonic() + PATIENCE
    while not os.path.exists(kept) and time.monotonic() < deadline:
        time.sleep(0.02)
    after(lambda: browser.click("#restart"))
    seen["restarted"] = look()
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    field = browser.call("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
    after(lambda: browser.call("DOM.setFileInputFiles", nodeId=field, files=[kept]))
    seen["loaded"] = browser.wait("document.getElementById('message').textContent")
    seen["again"] = look()

    # Without colours by themselves: dark, and on half the width, as at 200 %.
    browser.call("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": "dark"}])
    seen["dark"] = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.size(640, 480)
    seen["overflow"] = browser.value("document.documentElement.scrollWidth - window.innerWidth")
    seen["unnamed"] = browser.value(
        "[...document.querySelectorAll('button, input, select')].filter((e) =>"
        " !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length"
        " || e.getAttribute('aria-hidden'))).map((e) => e.outerHTML)")
    seen["complaints"] = browser.complaints
    print(json.dumps(seen))
finally:
    browser.process.kill()
    browser.process.wait()
