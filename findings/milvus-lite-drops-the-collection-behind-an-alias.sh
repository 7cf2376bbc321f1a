#!/usr/bin/env bash
# Milvus Lite 3.2.2, and Milvus 2.3.5 as the package milvus brings it, asked by pymilvus 3.0.2. For Linux.
#
# A collection has an alias, and somebody calls drop_collection with the alias's name. A Milvus server refuses, as a collection is
# dropped by its own name only. A good engineer who tries their code on Milvus Lite expects the same. Milvus Lite answers with
# success and drops the collection with its rows.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import logging, os, pathlib, socket, subprocess, sys, time
from pymilvus import DataType, MilvusClient, MilvusException

logging.disable(logging.CRITICAL)
folder = pathlib.Path(sys.argv[1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_lite(port):
    return subprocess.Popen([folder / "env/bin/milvus-lite", "server", "--host", "127.0.0.1", "--port", str(port),
                             "--data-dir", folder / "lite"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def start_server(port):
    import milvus
    data, etcd, peer = str(folder / "server"), free_port(), free_port()
    # As the package's own launcher does it, which has fixed ports.
    milvus.MilvusServerConfig(data_dir=data, proxy_port=port, etcd_port=etcd).resolve()
    milvus._initialize_data_files(data)
    pathlib.Path(data, "etcd.yaml").write_text("initial-cluster: default=http://127.0.0.1:%d\n" % peer + "".join(
        f"{prefix}-{kind}-urls: http://127.0.0.1:{number}\n" for kind, number in (("client", etcd), ("peer", peer))
        for prefix in ("listen", "advertise" if kind == "client" else "initial-advertise")))
    return subprocess.Popen([data + "/bin/milvus", "run", "standalone"], cwd=data, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, env={**os.environ, "DEPLOY_MODE": "STANDALONE",
                            "METRICS_PORT": str(free_port()), "MILVUS_RUN_DIR": data + "/run",
                            "ETCD_CONFIG_PATH": data + "/etcd.yaml", "LD_LIBRARY_PATH": data + "/bin"})


def connect(process, port):
    deadline = time.monotonic() + 60
    while True:
        try:
            client = MilvusClient(f"http://127.0.0.1:{port}", timeout=5)
            client.list_collections()
            return client
        except MilvusException:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def look(name, start):
    port = free_port()
    process = start(port)
    try:
        client = connect(process, port)
        schema = client.create_schema()
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
        client.create_collection("docs", schema=schema)
        client.create_alias("docs", "live")
        try:
            client.drop_collection("live")
            answer = "success"
        except MilvusException as refusal:
            answer = f"code {refusal.code}: {refusal.message}"
        left = client.list_collections()
        print(f"{name} {client.get_server_version()}: drop_collection('live') {answer}; collections left: {left}")
        return answer, left
    finally:
        process.kill()
        process.wait()


print("expected of both: a refusal, and docs is left")
answer, left = look("Milvus", start_server)
assert "cannot drop the collection via alias" in answer and left == ["docs"]
assert look("Milvus Lite", start_lite) == ("success", [])
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus-lite==3.2.2 milvus==2.3.5 pymilvus==3.0.2 setuptools==69.5.1
"$folder/env/bin/python" "$folder/look.py" "$folder"
