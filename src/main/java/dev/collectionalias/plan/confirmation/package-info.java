/** Makes sure that all searches follow a switch, on servers whose proxies may miss it. */
package dev.collectionalias.plan.confirmation;
