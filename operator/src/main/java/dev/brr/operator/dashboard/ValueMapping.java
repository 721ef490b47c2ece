package dev.brr.operator.dashboard;

/**
 * Shows a value as a word.
 *
 * @param value the value as text
 * @param text the word
 * @param colour a colour by Grafana's name
 */
record ValueMapping(String value, String text, String colour) {}
