#!/usr/bin/env bash
# Milvus 2.3.5, as the package milvus brings it, asked by pymilvus 3.0.2. For Linux.
#
# An alias is dropped, and another one has a name that begins with the dropped one's: products and products_preview. A good
# engineer expects the other one to stay, and it does, until the server is started again. Then it is gone. The drop takes away
# every stored key that begins with the alias's name, and leaves the others in memory only (milvus#33288).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import logging, os, pathlib, socket, subprocess, sys, time
import milvus
from pymilvus import DataType, MilvusClient, MilvusException

logging.disable(logging.CRITICAL)
folder = sys.argv[1] + "/data"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# As the package's own launcher does it, which has fixed ports.
port, etcd, peer, metrics = free_port(), free_port(), free_port(), free_port()
milvus.MilvusServerConfig(data_dir=folder, proxy_port=port, etcd_port=etcd).resolve()
milvus._initialize_data_files(folder)
pathlib.Path(folder, "etcd.yaml").write_text("initial-cluster: default=http://127.0.0.1:%d\n" % peer + "".join(
    f"{prefix}-{kind}-urls: http://127.0.0.1:{number}\n" for kind, number in (("client", etcd), ("peer", peer))
    for prefix in ("listen", "advertise" if kind == "client" else "initial-advertise")))


def start():
    process = subprocess.Popen([folder + "/bin/milvus", "run", "standalone"], cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**os.environ, "DEPLOY_MODE": "STANDALONE",
                               "METRICS_PORT": str(metrics), "MILVUS_RUN_DIR": folder + "/run",
                               "ETCD_CONFIG_PATH": folder + "/etcd.yaml", "LD_LIBRARY_PATH": folder + "/bin"})
    deadline = time.monotonic() + 60
    while True:
        try:
            client = MilvusClient(f"http://127.0.0.1:{port}", timeout=5)
            client.list_collections()
            return process, client
        except MilvusException:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise
            time.sleep(0.5)


def look(when):
    found = {}
    for alias in ("products_preview", "reviews"):
        try:
            found[alias] = client.describe_alias(alias)["collection_name"]
        except MilvusException as refusal:
            found[alias] = f"code {refusal.code}: {refusal.message}"
    print(f"{when}: {found}")
    return found


process, client = start()
try:
    print(client.get_server_version(), "- expected each time: both are aliases of docs")
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
    client.create_collection("docs", schema=schema)
    for alias in ("products", "products_preview", "reviews"):
        client.create_alias("docs", alias)
    client.drop_alias("products")
    assert look("after products was dropped") == {"products_preview": "docs", "reviews": "docs"}
    client.close()
    # Asked to end, this version may take minutes; what it has acknowledged is in its etcd.
    process.kill()
    process.wait()
    process, client = start()
    found = look("and the server was started again")
    assert found["reviews"] == "docs" and found["products_preview"].startswith("code 1600: ")
finally:
    process.kill()
    process.wait()
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus==2.3.5 pymilvus==3.0.2 setuptools==69.5.1
"$folder/env/bin/python" "$folder/look.py" "$folder"
