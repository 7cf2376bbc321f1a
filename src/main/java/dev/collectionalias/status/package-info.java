/** What is reported of a pass: the status to write, the Events to send, and when to look again. Pure. */
package dev.collectionalias.status;
