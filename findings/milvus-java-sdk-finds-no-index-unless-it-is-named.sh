#!/usr/bin/env bash
# milvus-sdk-java 2.6.22 and, beside it, pymilvus 3.0.2, on Milvus Lite 3.2.2; needs Python 3.9, Maven and Java 17 or newer.
#
# A collection has an index, and somebody asks for its indexes: describeIndex with the collection's name, as the request lets one do.
# A good engineer expects all indexes of the collection, as Python's list_indexes gives them, or to be told that a field is needed.
# The Java SDK asks the server, gets the index, and answers with an empty list. It keeps only those whose field or name is the one
# that was asked for, and nobody asked for any. A check whether the collection has an index says no for ever.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT

cat > "$folder/prepare.py" <<'PYTHON'
import logging, sys, time
from pymilvus import DataType, MilvusClient, MilvusException

logging.disable(logging.CRITICAL)
deadline = time.monotonic() + 60
while True:
    try:
        client = MilvusClient(sys.argv[1], timeout=5)
        break
    except MilvusException:
        if time.monotonic() > deadline:
            raise
        time.sleep(0.5)
schema = client.create_schema()
schema.add_field("id", DataType.INT64, is_primary=True)
schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
client.create_collection("docs", schema=schema)
index = client.prepare_index_params()
index.add_index("v", index_type="FLAT", metric_type="COSINE")
client.create_index("docs", index)
print("pymilvus 3.0.2, list_indexes:", client.list_indexes("docs"))
assert client.list_indexes("docs") == ["v"]
PYTHON

cat > "$folder/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>look</groupId>
  <artifactId>look</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.milvus</groupId>
      <artifactId>milvus-sdk-java</artifactId>
      <version>2.6.22</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML

cat > "$folder/Look.java" <<'JAVA'
import java.util.List;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.index.response.DescribeIndexResp.IndexDesc;

public class Look {
    public static void main(String[] arguments) {
        MilvusClientV2 client = new MilvusClientV2(ConnectConfig.builder().uri(arguments[0]).rpcDeadlineMs(10_000).build());
        var ofCollection = DescribeIndexReq.builder().collectionName("docs");
        show("describeIndex of docs", client, ofCollection.build(), List.of());
        show("describeIndex of docs and v", client, ofCollection.fieldName("v").build(), List.of("v"));
        System.exit(0);
    }

    private static void show(String what, MilvusClientV2 client, DescribeIndexReq request, List<String> wanted) {
        var found = client.describeIndex(request).getIndexDescriptions().stream().map(IndexDesc::getIndexName).toList();
        System.out.println("milvus-sdk-java 2.6.22, " + what + ": " + found);
        if (!found.equals(wanted)) {
            System.out.println("it was " + wanted);
            System.exit(1);
        }
    }
}
JAVA

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet milvus-lite==3.2.2 pymilvus==3.0.2
mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
port=$(python3 -c 'import socket; probe = socket.socket(); probe.bind(("127.0.0.1", 0)); print(probe.getsockname()[1])')
"$folder/env/bin/milvus-lite" server --host 127.0.0.1 --port "$port" --data-dir "$folder/data" > /dev/null 2>&1 &
server=$!
echo "expected each time: v, which Milvus Lite names after its field"
"$folder/env/bin/python" "$folder/prepare.py" "http://127.0.0.1:$port"
java -cp "$folder/lib/*" "$folder/Look.java" "http://127.0.0.1:$port" 2> /dev/null
