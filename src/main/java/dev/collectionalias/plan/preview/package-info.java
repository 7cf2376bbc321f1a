/** The preview alias, which shows a candidate before the switch. */
package dev.collectionalias.plan.preview;
