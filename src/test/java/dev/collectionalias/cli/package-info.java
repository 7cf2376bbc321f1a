/** The command line, on an API server that lives in the test, and once on a real one. */
package dev.collectionalias.cli;
