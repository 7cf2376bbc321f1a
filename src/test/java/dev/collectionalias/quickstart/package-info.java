/**
 * The tour behind {@code ./quickstart}: a real Milvus, a Kubernetes API, the operator as it ships, and searches that run
 * while an alias is switched.
 */
package dev.collectionalias.quickstart;
