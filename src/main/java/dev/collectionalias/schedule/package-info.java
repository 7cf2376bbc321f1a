/** Whose turn it is, and when: how many passes run at once, how many of one server, and what is looked at again at its time. */
package dev.collectionalias.schedule;
