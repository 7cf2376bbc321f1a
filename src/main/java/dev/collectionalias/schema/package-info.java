/**
 * Answers for the API server: says from the CRDs in the jar what the API server would say about an object of the operator's
 * kinds. It knows no other package, and only it knows CEL.
 */
package dev.collectionalias.schema;
