/** The CRDs' schemas without an API server. */
package dev.collectionalias.schema;
