package dev.brr.api.v1alpha1;

/**
 * Says what an IP address is as a regular expression of RE2, without anchors. CEL has functions for that, but only from
 * Kubernetes 1.30 on, which is later than the earliest that is served.
 */
final class IpPattern {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /** Four numbers and three dots, none with a zero in front, which some take for octal. */
    static final String IPV4 = BYTE + "(\\." + BYTE + "){3}";

    /** Sixteen bits. */
    private static final String H = "[0-9a-fA-F]{1,4}";

    /** RFC 4291, section 2.2, without forms that end in an IPv4 address: eight groups, or fewer and :: once. */
    static final String IPV6 = "((" + H + ":){7}" + H
            + "|(" + H + ":){1,7}:"
            + "|(" + H + ":){1,6}:" + H
            + "|(" + H + ":){1,5}(:" + H + "){1,2}"
            + "|(" + H + ":){1,4}(:" + H + "){1,3}"
            + "|(" + H + ":){1,3}(:" + H + "){1,4}"
            + "|(" + H + ":){1,2}(:" + H + "){1,5}"
            + "|" + H + ":(:" + H + "){1,6}"
            + "|:((:" + H + "){1,7}|:))";

    private IpPattern() {}
}
