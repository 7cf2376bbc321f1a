/** The command {@code export}: manifests for the aliases of a server, each with a name for its object. */
package dev.collectionalias.gitops.export;
