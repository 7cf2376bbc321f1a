#!/usr/bin/env bash
# Milvus Lite 3.2.2, asked by the calls that are generated from milvus.proto, as pymilvus 3.0.2 has them.
#
# A refusal has two codes: status.code, a number, and status.error_code, which is of the enum ErrorCode. A good engineer expects
# in the enum one of its values, as a Milvus server does, and a client that knows the enum to understand it. Milvus Lite puts
# numbers there that the enum does not have: 101 for a search in a collection that is not loaded, 6 for a missing database.
# Python hands the number on. In Java, getErrorCode() is UNRECOGNIZED and its getNumber() throws, so that the SDK 2.6.22 tells
# neither code nor words.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import pathlib, socket, subprocess, sys, time
import grpc
from pymilvus import MilvusClient
from pymilvus.grpc_gen import common_pb2, milvus_pb2
from pymilvus.grpc_gen.milvus_pb2_grpc import MilvusServiceStub

folder = pathlib.Path(sys.argv[1])
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
process = subprocess.Popen([folder / "env/bin/milvus-lite", "server", "--host", "127.0.0.1", "--port", str(port),
                            "--data-dir", folder / "data"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def show(what, status):
    known = status.error_code in common_pb2.ErrorCode.values()
    name = common_pb2.ErrorCode.Name(status.error_code) if known else "not in the enum"
    print(f"{what}: code {status.code}, error_code {status.error_code} ({name}): {status.reason}")
    return status.code, status.error_code, known


try:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.2)
    client = MilvusClient(f"http://127.0.0.1:{port}", timeout=10)
    print(client.get_server_version(), "- expected: each error_code is one of the enum")
    client.create_collection("docs", dimension=2)
    client.release_collection("docs")
    calls = MilvusServiceStub(grpc.insecure_channel(f"127.0.0.1:{port}"))

    query = milvus_pb2.QueryRequest(collection_name="docs", expr="id > 0", output_fields=["id"])
    assert show("query of a released collection", calls.Query(query).status) == (101, 101, False)
    alias = milvus_pb2.DescribeAliasRequest(db_name="nodb", alias="live")
    assert show("alias of a missing database", calls.DescribeAlias(alias).status) == (6, 6, False)
    # Elsewhere it does as a server does.
    missing = milvus_pb2.DescribeCollectionRequest(collection_name="missing")
    assert show("a missing collection", calls.DescribeCollection(missing).status) == (100, 4, True)
finally:
    process.kill()
    process.wait()
PYTHON

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus-lite==3.2.2 pymilvus==3.0.2
"$folder/env/bin/python" "$folder/look.py" "$folder"
