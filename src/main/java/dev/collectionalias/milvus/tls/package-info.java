/** TLS for connections: certificates and keys from Secrets, and a handshake that finds out why TLS fails. */
package dev.collectionalias.milvus.tls;
