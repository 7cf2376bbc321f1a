/** The command {@code lint}: the faults that manifests show by themselves. */
package dev.collectionalias.gitops.lint;
