/** A page for people to look at: every alias, where it points, what is waited for. Reads objects, changes nothing. */
package dev.collectionalias.page;
