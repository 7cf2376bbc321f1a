/** The way to a server: its address, the names and the proxy on the way, and a look that says why nobody is reached. */
package dev.collectionalias.milvus.net;
