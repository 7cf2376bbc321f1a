/** What becomes of an operation whose operator is killed in the middle of it. */
package dev.collectionalias.crash;
