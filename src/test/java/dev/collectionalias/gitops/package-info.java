/** The commands for Git work. */
package dev.collectionalias.gitops;
