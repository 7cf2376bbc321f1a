/** The command {@code plan}: what the operator would do if somebody applied manifests, by the operator's own observer and rules. */
package dev.collectionalias.gitops.forecast;
