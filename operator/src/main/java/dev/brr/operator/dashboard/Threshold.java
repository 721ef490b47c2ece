package dev.brr.operator.dashboard;

/**
 * Colours a value from a number upwards, until the next threshold.
 *
 * @param from the least value that has the colour
 * @param colour a colour by Grafana's name
 */
record Threshold(double from, String colour) {}
