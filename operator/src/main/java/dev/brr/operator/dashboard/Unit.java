package dev.brr.operator.dashboard;

/** Says what the values of a panel are, in the words of Grafana's {@code fieldConfig.defaults.unit}. */
enum Unit {
    /** Bytes, shown in powers of 1024. */
    BYTES("bytes"),
    /** Bytes a second, in powers of 1024. */
    BYTES_PER_SECOND("binBps"),
    /** A share of one, shown in percent. */
    SHARE("percentunit"),
    /** Seconds. */
    SECONDS("s"),
    /** Calls a second. */
    CALLS_PER_SECOND("ops"),
    /** Requests a second. */
    REQUESTS_PER_SECOND("reqps"),
    /** Pages a second. */
    PAGES_PER_SECOND("suffix: pages/s"),
    /** CPUs in use. */
    CORES("suffix: cores"),
    /** A number of things. */
    COUNT("short"),
    /** A value that mappings turn into a word. */
    STATE("none");

    private final String grafana;

    Unit(String grafana) {
        this.grafana = grafana;
    }

    String grafana() {
        return grafana;
    }
}
