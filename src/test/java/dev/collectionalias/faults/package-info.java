/**
 * What becomes of many aliases when something goes wrong: a ledger has what users were told is done, and in the end it, the
 * API server and Milvus have to agree. Run by {@code mvn verify -Pfaults}; each {@code *Faults} class is one party that fails.
 */
package dev.collectionalias.faults;
