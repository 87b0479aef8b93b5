"""What Mermaid itself makes of diagrams: python3 mermaid.py ASSETS FILE…

ASSETS is the folder with Mermaid's files as the package marimo brings them (fetch-mermaid.sh). For each file a
line of JSON is written: {"texts": [what the drawing says]} or {"error": "what Mermaid says"}. Pages are
served to a browser of this process alone, on the loopback address.
"""

import base64
import functools
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

PAGE = """<!doctype html><meta charset="utf-8"><pre id="said"></pre><script type="module">
import { mermaid } from "./the-mermaid.js";
mermaid.initialize({ startOnLoad: false });
const said = [];
for (const text of TEXTS) {
  try {
    await mermaid.parse(text);
    const { svg } = await mermaid.render("d" + said.length, text);
    const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
    said.push({ texts: [...drawing.querySelectorAll("text")].map(text => text.textContent) });
  } catch (error) { said.push({ error: String(error.message ?? error) }); }
}
document.getElementById("said").textContent =
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(said))));
</script>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    made = {}

    def do_GET(self):
        text = self.made.get(self.path)
        if text is None:
            return super().do_GET()
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if self.path == "/page" else "text/javascript")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    folder, files = pathlib.Path(sys.argv[1]), sys.argv[2:]
    # The module exports a component of another program alone: Mermaid's object is given out too.
    for file in folder.glob("mermaid-*.js"):
        module = file.read_text()
        name = re.search(r"([\w$]+)=\{startOnLoad:", module)
        if name:
            break
    else:
        raise SystemExit(f"{folder}: Mermaid is not there")
    texts = json.dumps([pathlib.Path(file).read_text() for file in files]).replace("<", "\\u003c")
    Handler.made = {
        "/page": PAGE.replace("TEXTS", texts),
        "/the-mermaid.js": module + f";export{{{name[1]} as mermaid}}",
    }
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile:
        page = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={profile}", "--virtual-time-budget=60000", "--dump-dom",
             f"http://127.0.0.1:{server.server_port}/page"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)
    said = re.search(r'<pre id="said">([A-Za-z0-9+/=]+)</pre>', page.stdout)
    if not said:
        raise SystemExit(f"no answer: {page.stdout[-2000:]}{page.stderr[-2000:]}")
    for answer in json.loads(base64.b64decode(said[1])):
        print(json.dumps(answer))


main()
