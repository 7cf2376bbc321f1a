/** Starts, watches and stops the process: configuration, leader election, health, metrics. */
package dev.collectionalias.runtime;
