/** A Milvus, as a command reaches it with {@code --uri} and reads its aliases. */
package dev.collectionalias.gitops.server;
