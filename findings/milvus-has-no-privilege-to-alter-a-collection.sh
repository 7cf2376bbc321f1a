#!/usr/bin/env bash
# pymilvus 2.6.17 and 3.0.2, and so milvus-proto of Milvus 2.6 and 3.0.
#
# Milvus names most of its privileges after the call: DropCollection, RenameCollection, AlterDatabase. A good engineer who wants
# to let a user change the properties of a collection looks for AlterCollection. There is none: alterCollection asks for
# CreateCollection, and alterAlias for CreateAlias. Whoever may set a time to live may make collections, too. A server reads the
# privilege off the options of the request message, which a generated client carries as well; this looks there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/look.py" <<'PYTHON'
import pymilvus
from pymilvus.grpc_gen import common_pb2, milvus_pb2

expected = {
    "AlterCollectionRequest": ("Global", "PrivilegeCreateCollection"),
    "AlterAliasRequest": ("Global", "PrivilegeCreateAlias"),
    "AlterDatabaseRequest": ("Global", "PrivilegeAlterDatabase"),
}
print("pymilvus", pymilvus.__version__)
for name, privilege in expected.items():
    options = getattr(milvus_pb2, name).DESCRIPTOR.GetOptions().Extensions[common_pb2.privilege_ext_obj]
    seen = (common_pb2.ObjectType.Name(options.object_type), common_pb2.ObjectPrivilege.Name(options.object_privilege))
    print(f"{name} asks for {seen[1]} on {seen[0]}")
    assert seen == privilege, f"it was {privilege}"
named = [name for name in common_pb2.ObjectPrivilege.keys() if name in ("PrivilegeAlterCollection", "PrivilegeAlterAlias")]
print("privileges named AlterCollection or AlterAlias:", named or "none")
assert not named
PYTHON

for version in 2.6.17 3.0.2; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet "pymilvus==$version" "setuptools<81"
  "$folder/$version/bin/python" "$folder/look.py"
done
