/**
 * The commands for work with Git. They write manifests for the aliases of a Milvus, check manifests, and tell what applying
 * them would do. They need no cluster unless the user asks for one, and write neither to Milvus nor to a cluster. They decide
 * nothing themselves: the CRD says which objects are valid, and the operator's own rules say what happens.
 */
package dev.collectionalias.gitops;
