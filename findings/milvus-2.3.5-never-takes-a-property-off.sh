#!/usr/bin/env bash
# Milvus 2.3.5, as the package milvus brings it, asked by pymilvus 3.0.2. For Linux.
#
# A collection is given a property, here a time to live. A good engineer expects to take it off again, or to be told that this
# server can't. It can't: asked for that alone, it says that the properties are empty; asked for it beside a property that is to be
# set, it answers with success, sets the one and keeps the other. Newer servers take it off (milvus#37437).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import logging, os, pathlib, socket, subprocess, sys, time
import grpc
import milvus
from pymilvus import DataType, MilvusClient, MilvusException
from pymilvus.grpc_gen import common_pb2, milvus_pb2
from pymilvus.grpc_gen.milvus_pb2_grpc import MilvusServiceStub

logging.disable(logging.CRITICAL)
folder = sys.argv[1] + "/data"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# As the package's own launcher does it, which has fixed ports.
port, etcd, peer = free_port(), free_port(), free_port()
milvus.MilvusServerConfig(data_dir=folder, proxy_port=port, etcd_port=etcd).resolve()
milvus._initialize_data_files(folder)
pathlib.Path(folder, "etcd.yaml").write_text("initial-cluster: default=http://127.0.0.1:%d\n" % peer + "".join(
    f"{prefix}-{kind}-urls: http://127.0.0.1:{number}\n" for kind, number in (("client", etcd), ("peer", peer))
    for prefix in ("listen", "advertise" if kind == "client" else "initial-advertise")))
process = subprocess.Popen([folder + "/bin/milvus", "run", "standalone"], cwd=folder, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, env={**os.environ, "DEPLOY_MODE": "STANDALONE",
                           "METRICS_PORT": str(free_port()), "MILVUS_RUN_DIR": folder + "/run",
                           "ETCD_CONFIG_PATH": folder + "/etcd.yaml", "LD_LIBRARY_PATH": folder + "/bin"})


def connect(**database):
    deadline = time.monotonic() + 60
    while True:
        try:
            client = MilvusClient(f"http://127.0.0.1:{port}", timeout=5, **database)
            client.list_databases()
            return client
        except MilvusException:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.5)


try:
    ttl, client = "collection.ttl.seconds", connect()
    print(client.get_server_version(), "- expected: the time to live is gone, or a refusal says that it can't be taken off")
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
    client.create_collection("docs", schema=schema)
    client.alter_collection_properties("docs", {ttl: "3600"})
    try:
        client.drop_collection_properties("docs", [ttl])
        raise SystemExit("it was taken off")
    except MilvusException as refusal:
        print(f"taken off alone: code {refusal.code}: {refusal.message}")
        assert refusal.code == 65535 and "collection properties is empty" in refusal.message
    both = milvus_pb2.AlterCollectionRequest(collection_name="docs", delete_keys=[ttl],
                                             properties=[common_pb2.KeyValuePair(key="mmap.enabled", value="true")])
    answer = MilvusServiceStub(grpc.insecure_channel(f"127.0.0.1:{port}")).AlterCollection(both)
    properties = dict(client.describe_collection("docs")["properties"])
    print(f"taken off beside another that is set: code {answer.code}, and then the properties are {properties}")
    assert (answer.code, properties) == (0, {ttl: "3600", "mmap.enabled": "true"})
finally:
    process.kill()
    process.wait()
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus==2.3.5 pymilvus==3.0.2 setuptools==69.5.1
"$folder/env/bin/python" "$folder/look.py" "$folder"
