/** What is shipped beside the program. */
package dev.collectionalias.deploy;
