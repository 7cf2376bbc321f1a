/**
 * The contract with users: the resource types of group {@code collectionalias.dev/v1alpha1} as immutable records. The build
 * writes the CRDs in {@code crds/} from them. The records apply defaults too, so that an object reads the same whether or not
 * an API server has filled them in.
 */
package dev.collectionalias.api.v1alpha1;
