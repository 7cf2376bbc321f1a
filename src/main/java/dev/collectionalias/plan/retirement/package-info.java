/** Releases a collection from memory that an alias has left for good. */
package dev.collectionalias.plan.retirement;
