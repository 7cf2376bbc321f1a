/** The objects of a cluster, as a command with {@code --cluster} reads them. */
package dev.collectionalias.gitops.cluster;
