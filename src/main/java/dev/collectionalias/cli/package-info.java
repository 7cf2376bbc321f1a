/**
 * The command line for people: it shows what a CollectionAlias' status says, and sets the annotations that ask the
 * operator for something. It speaks to the Kubernetes API only, with its user's rights, and never to Milvus.
 */
package dev.collectionalias.cli;
