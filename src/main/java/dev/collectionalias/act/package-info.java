/** Carries out the effects of the rules. No other package changes anything in Milvus. */
package dev.collectionalias.act;
