#!/usr/bin/env bash
# kstatus of sigs.k8s.io/cli-utils 0.37.2, by which Flux, Helm 4 and kpt tell when an object is ready; needs Go 1.26.
#
# A custom resource was applied a moment ago, and no controller has looked at it yet: it has no status. A good engineer expects
# "InProgress", since nothing was done so far. kstatus says "Current", which is its word for ready. A tool that waits for the
# object goes on too early. A CRD can prevent that by a default status with an observedGeneration that no object has.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/main.go" <<'GO'
package main

import (
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

func main() {
	look("no status", `null`, "Current")
	look("a status without conditions", `{"phase": "Pending"}`, "Current")
	look("observedGeneration -1", `{"observedGeneration": -1}`, "InProgress")
}

func look(what, state, wanted string) {
	object := &unstructured.Unstructured{}
	check(object.UnmarshalJSON([]byte(`{"apiVersion": "example.com/v1", "kind": "Widget",
		"metadata": {"name": "new", "generation": 1}, "spec": {}, "status": ` + state + `}`)))
	result, err := status.Compute(object)
	check(err)
	fmt.Printf("%s: %s (%s)\n", what, result.Status, result.Message)
	if string(result.Status) != wanted {
		fmt.Println("it was " + wanted)
		os.Exit(1)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
GO

cat > "$folder/go.mod" <<'MOD'
module look

go 1.26.0

require (
	k8s.io/apimachinery v0.36.3
	sigs.k8s.io/cli-utils v0.37.2
)
MOD

cd "$folder"
export GOFLAGS=-mod=mod GOTOOLCHAIN=local
go mod tidy 2> /dev/null
echo "expected each time: InProgress"
go run .
