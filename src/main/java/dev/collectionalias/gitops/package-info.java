/**
 * The commands for work with Git: they write manifests for what a Milvus has, check manifests, and tell what manifests
 * would do to a Milvus. They need no cluster unless they are asked to look into one, never write to Milvus nor to a cluster, and
 * decide nothing themselves: what an object may be says the CRD, and what would become of it the operator's own planner.
 */
package dev.collectionalias.gitops;
