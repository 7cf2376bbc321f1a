/** The operator as it is deployed, with kubectl and real Milvus servers. */
package dev.collectionalias.e2e;
