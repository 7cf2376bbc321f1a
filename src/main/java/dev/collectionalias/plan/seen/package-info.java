/**
 * What can be seen of an object's surroundings: its connection, the other objects of its alias, and Milvus. Data only; the
 * topics say what follows from it.
 */
package dev.collectionalias.plan.seen;
