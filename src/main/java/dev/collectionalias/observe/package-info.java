/** Looks at Kubernetes and at Milvus. Reads only. */
package dev.collectionalias.observe;
