#!/usr/bin/env bash
# Milvus Lite 3.2.2, asked by pymilvus 3.0.2.
#
# A collection is created with an index, and can be searched. The server is ended and started again on the same files. A good
# engineer expects what is so of a Milvus server: what was loaded is loaded, or whoever asks is told that it is gone. Here the
# collection is released by the restart and its searches are refused until somebody calls load(), while count(*) goes on
# answering: a check of health that counts rows stays green. A collection without an index is loaded as before.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import logging, pathlib, socket, subprocess, sys, time
from pymilvus import DataType, MilvusClient, MilvusException

logging.disable(logging.CRITICAL)
folder = pathlib.Path(sys.argv[1])
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = str(probe.getsockname()[1])


def start():
    process = subprocess.Popen([folder / "env/bin/milvus-lite", "server", "--host", "127.0.0.1", "--port", port,
                                "--data-dir", folder / "data"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", int(port))).close()
            return process, MilvusClient(f"http://127.0.0.1:{port}", timeout=10)
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise SystemExit("Milvus Lite does not start")


def look(name):
    try:
        found = [hit["id"] for hit in client.search(name, [[1.0, 0.0]], limit=1)[0]]
    except MilvusException as refusal:
        found = f"refused with code {refusal.code}: {refusal.message}"
    counted = client.query(name, output_fields=["count(*)"])[0]["count(*)"]
    state = client.get_load_state(name)["state"].name
    print(f"{name:8} {state}, count(*) {counted}, search {found}")
    return state, counted, found


process, client = start()
try:
    print(client.get_server_version())
    for name in ("plain", "indexed"):
        schema = client.create_schema()
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
        client.create_collection(name, schema=schema)
        client.insert(name, [{"id": 1, "v": [1.0, 0.0]}, {"id": 2, "v": [0.0, 1.0]}])
    index = client.prepare_index_params()
    index.add_index("v", index_type="FLAT", metric_type="COSINE")
    client.create_index("indexed", index)
    client.load_collection("indexed")
    assert look("plain") == look("indexed") == ("Loaded", 2, [1])

    process.terminate()
    process.wait()
    client.close()
    print("started again; expected of both: the same")
    process, client = start()
    assert look("plain") == ("Loaded", 2, [1])
    state, counted, found = look("indexed")
    assert (state, counted) == ("NotLoad", 2) and "is in state 'released'" in found
finally:
    process.kill()
    process.wait()
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus-lite==3.2.2 pymilvus==3.0.2
"$folder/env/bin/python" "$folder/look.py" "$folder"
