/** What the commands print: the formats of their answers, and how far they have come. */
package dev.collectionalias.gitops.output;
