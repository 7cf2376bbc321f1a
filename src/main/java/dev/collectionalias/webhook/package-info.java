/** Asks a user's service whether a cutover may go on, and lends nobody the operator's network. */
package dev.collectionalias.webhook;
