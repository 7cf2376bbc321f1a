/**
 * The command line for people. It shows the status of a CollectionAlias, and sets the annotations that ask the operator for
 * something. It speaks to the Kubernetes API only, with its user's rights, and never to Milvus.
 */
package dev.collectionalias.cli;
