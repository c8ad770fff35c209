"""The median time from an operation that asks to its script that runs, in milliseconds, of the events
of one run as `muster runs events -o json` prints them on stdin; the script of each worker has left
its time in a file of the worker's name in the folder that is the argument."""

import json
import statistics
import sys
from datetime import datetime
from pathlib import Path


def events(text):
    """One JSON value after the other, or one list of them."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield from value if isinstance(value, list) else value.get("items", [value])
        while at < len(text) and text[at].isspace():
            at += 1


def asked_millis(event):
    return datetime.fromisoformat(event["at"].replace("Z", "+00:00")).timestamp() * 1000


waited = [
    int((Path(sys.argv[1]) / event["worker"]).read_text()) - asked_millis(event)
    for event in events(sys.stdin.read())
    if event.get("type") == "ApprovalRequested"
]
print(f"{statistics.median(waited):.1f}")
