#!/usr/bin/env bash
# kubectl 1.36.3, built from its Go module; needs Go 1.26.
#
# A CRD is applied, and `kubectl wait --for=condition=Established` shall wait until its kind is served. A good engineer expects
# it to wait up to the timeout: other kinds of objects have no conditions at first, either. But Go writes a CRD that has none with
# `conditions: null`, where others leave the field out, and kubectl takes that null for an error and ends at once. Whether a
# script fails depends on whether the API server is faster than kubectl.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
mkdir "$folder/kubectl"

cat > "$folder/kubectl/main.go" <<'GO'
// kubectl, and what it is shown: an API server that has one CRD or one Deployment, each without conditions.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"time"

	apps "k8s.io/api/apps/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubectl/pkg/cmd"
)

func main() {
	if os.Getenv("AS_KUBECTL") != "" {
		if cmd.NewDefaultKubectlCommand().Execute() != nil {
			os.Exit(1)
		}
		return
	}
	name := meta.ObjectMeta{Name: "fresh", Namespace: "default", ResourceVersion: "1"}
	crd := &apiextensions.CustomResourceDefinition{ObjectMeta: meta.ObjectMeta{Name: "fresh", ResourceVersion: "1"}}
	crd.APIVersion, crd.Kind = "apiextensions.k8s.io/v1", "CustomResourceDefinition"
	deployment := &apps.Deployment{ObjectMeta: name}
	deployment.APIVersion, deployment.Kind = "apps/v1", "Deployment"
	fmt.Println("expected of both: it waits for two seconds")
	waited := look(deployment, "apps", "v1", "deployments", "Deployment", "Available")
	ended := look(crd, "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", "Established")
	if waited < 2*time.Second || ended > time.Second {
		fmt.Println("that has changed")
		os.Exit(1)
	}
}

func look(object any, group, version, resource, kind, condition string) time.Duration {
	body, _ := json.Marshal(object)
	list := fmt.Sprintf(`{"kind": "List", "apiVersion": "%s/%s", "metadata": {"resourceVersion": "1"}, "items": [%s]}`, group, version, body)
	groups := fmt.Sprintf(`{"kind": "APIGroupList", "apiVersion": "v1", "groups": [{"name": %q, "versions": [{"groupVersion": "%s/%s", "version": %q}], "preferredVersion": {"groupVersion": "%[1]s/%[4]s", "version": %[4]q}}]}`, group, group, version, version)
	resources := fmt.Sprintf(`{"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "%s/%s", "resources": [{"name": %q, "kind": %q, "namespaced": %v, "verbs": ["get", "list", "watch"]}]}`, group, version, resource, kind, kind == "Deployment")
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		out.Header().Set("Content-Type", "application/json")
		switch path := request.URL.Path; {
		case request.URL.Query().Get("watch") != "":
			// What is there, then the sign that this is all of it, and then nothing changes.
			fmt.Fprintf(out, `{"type": "ADDED", "object": %s}`, body)
			fmt.Fprintf(out, `{"type": "BOOKMARK", "object": {"kind": %q, "apiVersion": "%s/%s", "metadata": {"resourceVersion": "2", "annotations": {"k8s.io/initial-events-end": "true"}}}}`, kind, group, version)
			out.(http.Flusher).Flush()
			<-request.Context().Done()
		case path == "/api":
			fmt.Fprint(out, `{"kind": "APIVersions", "versions": []}`)
		case path == "/apis":
			fmt.Fprint(out, groups)
		case path == "/apis/"+group+"/"+version:
			fmt.Fprint(out, resources)
		case request.URL.Query().Get("fieldSelector") != "":
			fmt.Fprint(out, list)
		default:
			out.Write(body)
		}
	}))
	defer server.CloseClientConnections()
	kubectl := exec.Command(os.Args[0], "--server", server.URL, "--cache-dir", os.Args[1]+"/"+resource, "wait", "--for=condition="+condition, "--timeout=2s", resource+"/fresh")
	kubectl.Env = append(os.Environ(), "AS_KUBECTL=yes", "KUBECONFIG=/dev/null")
	began := time.Now()
	output, _ := kubectl.CombinedOutput()
	took := time.Since(began)
	_, status, _ := strings.Cut(string(body), `"status":`)
	fmt.Printf("%s: %.1f s: %s  its status: %s\n", kind, took.Seconds(), output, strings.TrimSuffix(status, "}"))
	return took
}
GO

cd "$folder/kubectl"
cat > go.mod <<'MOD'
module look

go 1.26.0

require (
	k8s.io/api v0.36.3
	k8s.io/apiextensions-apiserver v0.36.3
	k8s.io/apimachinery v0.36.3
	k8s.io/kubectl v0.36.3
)
MOD
export GOFLAGS=-mod=mod GOTOOLCHAIN=local
go mod tidy 2> /dev/null
go build -o "$folder/look" .
"$folder/look" "$folder/cache"
