/**
 * The surroundings of an object: its connection, the other objects of its alias, and Milvus. Data only; the topics draw
 * the conclusions.
 */
package dev.collectionalias.plan.seen;
