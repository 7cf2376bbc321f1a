#!/usr/bin/env bash
# Milvus 2.3.5, as the package milvus brings it, asked by pymilvus 3.0.2. For Linux.
#
# A client is connected to the database team, which pymilvus names in the metadata of each call. A good engineer expects that an
# alias is found in the database in which it was created a moment ago. The server creates it in team, and looks for it in default:
# create_alias and all that is about collections follow the metadata; describe_alias follows the request, in which pymilvus leaves the
# database out. If default has an alias of that name, that one is described, and may point at another collection.
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
    connect().create_database("team")
    team, default = connect(db_name="team"), connect()
    print(team.get_server_version(), "- expected: the alias is found in the database in which it was created")
    for client, name in ((team, "of_team"), (default, "of_default")):
        schema = client.create_schema()
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
        client.create_collection(name, schema=schema)
    team.create_alias("of_team", "live")
    try:
        raise SystemExit(f"it was found: {team.describe_alias('live')}")
    except MilvusException as refusal:
        print(f"described: code {refusal.code}: {refusal.message}")
        assert refusal.code == 1600 and "database=default" in refusal.message
    default.create_alias("of_default", "live")
    described, behind = team.describe_alias("live")["collection_name"], team.describe_collection("live")["collection_name"]
    print(f"when default has one of that name: described as {described}, while the collection behind it is {behind}")
    assert (described, behind) == ("of_default", "of_team")
finally:
    process.kill()
    process.wait()
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus==2.3.5 pymilvus==3.0.2 setuptools==69.5.1
"$folder/env/bin/python" "$folder/look.py" "$folder"
