/** The aliases of an object that is being deleted. */
package dev.collectionalias.plan.deletion;
