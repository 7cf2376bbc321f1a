/**
 * What the API server says to an object of the operator's kinds, said without one: from the CRDs that are in the jar. It
 * knows no other package, and is the only one that knows CEL.
 */
package dev.collectionalias.schema;
