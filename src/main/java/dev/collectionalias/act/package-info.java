/** Carries out decisions. The only place that changes anything in Milvus. */
package dev.collectionalias.act;
