/** What the documentation says is so. */
package dev.collectionalias.docs;
