/** The report of a pass over a connection: the status to write, the Events to send, and when to look again. Pure. */
package dev.collectionalias.status;
