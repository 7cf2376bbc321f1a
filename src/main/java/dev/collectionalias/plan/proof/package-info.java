/** Proves a switch: asks through the alias which collection answers. */
package dev.collectionalias.plan.proof;
