/**
 * The contract with users: the resource types of group {@code collectionalias.dev/v1alpha1} as immutable records. The
 * CRDs in {@code crds/} are generated from them; defaults are applied here as well, so that an object reads the same
 * whether or not an API server has filled them in.
 */
package dev.collectionalias.api.v1alpha1;
