/** Finds out what there is, in Kubernetes and in Milvus. Reads only. */
package dev.collectionalias.observe;
