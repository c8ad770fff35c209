# A small agent that speaks what real ones speak: it asks, saves what it is told to, and says what
# came of it, until the model calls nothing.
import json, os, sys, urllib.request

print("it begins", flush=True)

url, key = os.environ["URL"], os.environ["KEY"]
prompt = open(sys.argv[2]).read()


def post(path, headers, body):
    headers = {"Content-Type": "application/json", **headers}
    return urllib.request.urlopen(
        urllib.request.Request(url + path, json.dumps(body).encode(), headers))


def save(arguments):
    with open("out.txt", "w") as file:
        file.write(arguments["text"])


def chat():
    messages = [{"role": "system", "content": "You code."}, {"role": "user", "content": prompt}]
    function = {"name": "save", "description": "saves", "parameters": {"type": "object"}}
    while True:
        body = {"model": "any", "messages": messages, "stream": True,
                "tools": [{"type": "function", "function": function}]}
        said = {"role": "assistant", "content": "", "tool_calls": []}
        for line in post("/v1/chat/completions", {"Authorization": "Bearer " + key}, body):
            line = line.decode().strip()
            if not line.startswith("data: {"):
                continue
            for choice in json.loads(line[6:])["choices"]:
                said["content"] += choice["delta"].get("content") or ""
                said["tool_calls"] += choice["delta"].get("tool_calls") or []
        messages.append(said)
        if not said["tool_calls"]:
            return
        for call in said["tool_calls"]:
            save(json.loads(call["function"]["arguments"]))
            messages.append({"role": "tool", "tool_call_id": call["id"], "content": "saved"})


def messages():
    said = [{"role": "user", "content": [{"type": "text", "text": prompt}]}]
    tool = {"name": "save", "description": "saves", "input_schema": {"type": "object"}}
    while True:
        body = {"model": "any", "max_tokens": 9, "system": "You code.", "messages": said,
                "tools": [tool]}
        answer = json.load(post("/v1/messages?beta=true", {"x-api-key": key}, body))
        said.append({"role": "assistant", "content": answer["content"]})
        if answer["stop_reason"] != "tool_use":
            return
        results = []
        for block in answer["content"]:
            if block["type"] == "tool_use":
                save(block["input"])
                results.append({"type": "tool_result", "tool_use_id": block["id"],
                                "content": "saved"})
        said.append({"role": "user", "content": results})


def responses():
    said = [{"role": "user", "content": [{"type": "input_text", "text": prompt}]}]
    tool = {"type": "function", "name": "save", "description": "saves",
            "parameters": {"type": "object"}}
    while True:
        body = {"model": "any", "instructions": "You code.", "input": said, "stream": True,
                "tools": [tool]}
        items = []
        for line in post("/v1/responses", {"Authorization": "Bearer " + key}, body):
            line = line.decode().strip()
            event = json.loads(line[6:]) if line.startswith("data: {") else {}
            if event.get("type") == "response.output_item.done":
                items.append(event["item"])
        said += items
        calls = [item for item in items if item["type"] == "function_call"]
        if not calls:
            return
        for call in calls:
            save(json.loads(call["arguments"]))
            said.append({"type": "function_call_output", "call_id": call["call_id"],
                         "output": "saved"})


{"chat": chat, "messages": messages, "responses": responses}[sys.argv[1]]()
