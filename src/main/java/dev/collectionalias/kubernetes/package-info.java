/** Reads Kubernetes and writes to it: caches and their indexes, specs with their Secrets, status and Events. */
package dev.collectionalias.kubernetes;
