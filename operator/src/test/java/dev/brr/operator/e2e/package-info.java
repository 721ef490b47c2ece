/**
 * What a user gets, shown on a real cluster with the operator that the chart installed. Needs the environment of
 * {@code scripts/env}; {@code scripts/test} sets it.
 */
package dev.brr.operator.e2e;
