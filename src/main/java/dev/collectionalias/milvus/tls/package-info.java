/** TLS as connections ask for it: certificates and keys out of Secrets, and a handshake that finds out why there is no other. */
package dev.collectionalias.milvus.tls;
