/** Manifests as a user keeps them: the files with their YAML, what Kustomize or Helm makes of them, and the faults of each manifest. */
package dev.collectionalias.gitops.manifests;
