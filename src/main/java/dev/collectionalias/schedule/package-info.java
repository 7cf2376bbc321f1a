/** Decides whose turn it is, and when: how many passes run at once, how many of one server, and when an object is due again. */
package dev.collectionalias.schedule;
