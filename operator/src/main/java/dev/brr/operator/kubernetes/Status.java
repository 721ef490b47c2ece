package dev.brr.operator.kubernetes;

/** Spells a condition's status as the API does. */
public enum Status {
    True,
    False,
    Unknown
}
