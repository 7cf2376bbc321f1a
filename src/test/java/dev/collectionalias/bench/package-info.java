/**
 * The benchmark behind {@code bench/run}: this operator and the yardsticks, one at a time on the same servers, under a load
 * that times each object from the API call to the status that answers it.
 */
package dev.collectionalias.bench;
