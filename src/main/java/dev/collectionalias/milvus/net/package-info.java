/** The way to a server: its address, name lookups, the proxy, and a check that says why the operator can't reach it. */
package dev.collectionalias.milvus.net;
