#!/usr/bin/env bash
# pymilvus 3.0.2 and milvus-sdk-java 2.6.22; needs Python 3.9, Maven and Java 17 or newer.
#
# Both are Milvus' own clients, and a team's Python indexer and Java service are given one and the same address:
# https://milvus.example.com. A good engineer expects them to reach the same server. Python dials 443, as any client of https does;
# Java dials Milvus' port 19530, only with TLS. Java dials 443, too, if the name looks like one of Zilliz Cloud's. A proxy that lets
# nobody through sees where each of them wants to go; no server is reached.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "$proxy" 2> /dev/null || true; rm -rf "$folder"' EXIT

cat > "$folder/proxy.py" <<'PYTHON'
import pathlib, socketserver, sys


class Doorman(socketserver.StreamRequestHandler):
    def handle(self):
        target = self.rfile.readline().decode().split(" ")[1]
        while self.rfile.readline().strip():
            pass
        with open(sys.argv[1] + "/asked", "a") as asked:
            print(target, file=asked)
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Doorman) as server:
    pathlib.Path(sys.argv[1], "port").write_text(str(server.server_address[1]))
    server.serve_forever()
PYTHON

cat > "$folder/look.py" <<'PYTHON'
import logging, sys
from pymilvus import MilvusClient, MilvusException

logging.disable(logging.CRITICAL)
try:
    MilvusClient(sys.argv[1], timeout=10)
except MilvusException:
    pass
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
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;

public class Look {
    public static void main(String[] arguments) {
        try {
            new MilvusClientV2(ConnectConfig.builder().uri(arguments[0]).connectTimeoutMs(10000).build());
        } catch (RuntimeException refused) {
            System.exit(0);
        }
    }
}
JAVA

python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet pymilvus==3.0.2
mvn -B -q -f "$folder/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/lib"
python3 "$folder/proxy.py" "$folder" &
proxy=$!
until [ -s "$folder/port" ]; do sleep 0.1; done
port=$(cat "$folder/port")

of_python() {
  env https_proxy="http://127.0.0.1:$port" no_proxy= "$folder/env/bin/python" "$folder/look.py" "$1" 2> /dev/null
}

of_java() {
  java -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort="$port" -cp "$folder/lib/*" "$folder/Look.java" "$1" 2> /dev/null
}

expect() {
  rm -f "$folder/asked"
  "$1" "$2"
  echo "$2: $1 dials $(sort -u "$folder/asked")"
  [ "$(sort -u "$folder/asked")" = "$3" ]
}

echo "expected: one port for one address"
expect of_python https://milvus.example.com milvus.example.com:443
expect of_java https://milvus.example.com milvus.example.com:19530
zilliz=in03-0123456789abcde.serverless.gcp-us-west1.cloud.zilliz.com
expect of_python "https://$zilliz" "$zilliz:443"
expect of_java "https://$zilliz" "$zilliz:443"
