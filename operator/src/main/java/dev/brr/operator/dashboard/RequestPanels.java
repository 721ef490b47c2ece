package dev.brr.operator.dashboard;

import static dev.brr.operator.dashboard.Target.series;

import java.util.List;

/** Shows what the service does for its memory and CPU: requests, errors, latency. */
final class RequestPanels {

    private RequestPanels() {}

    static Row requests() {
        return new Row(
                "Requests",
                List.of(
                        rate(),
                        errors(),
                        latency(),
                        active(),
                        latencyByOperation(50),
                        latencyByOperation(95),
                        latencyByOperation(99),
                        refusals()));
    }

    static Row cpu() {
        return new Row("CPU", List.of(cpuUsage(), cpuPerRequest()));
    }

    private static Panel rate() {
        return Panel.graph(
                "Requests by operation",
                Unit.REQUESTS_PER_SECOND,
                "Answered requests by the operationId of the OpenAPI document; unmatched are those that fit no "
                        + "operation. The load that every other panel has to be read against.",
                series(
                        "sum by (operation) (rate(http_server_requests_seconds_count{SERVICE}[$__rate_interval]))",
                        "{{operation}}"));
    }

    private static Panel errors() {
        return Panel.graph(
                "Errors by status",
                Unit.REQUESTS_PER_SECOND,
                "Answers with a status of 400 and above. 4xx: the caller broke the contract. 5xx: the service did; a "
                        + "500 for a withheld answer is counted under refusals too. A status shows from its second "
                        + "occurrence on, because a rate needs two samples.",
                series(
                        Fallback.zero(
                                "sum by (status) (rate(http_server_requests_seconds_count"
                                        + "{SERVICE, status=~\"[45]..\"}[$__rate_interval]))",
                                "status",
                                "none"),
                        "{{status}}"));
    }

    private static Panel latency() {
        return Panel.graph(
                "Latency",
                Unit.SECONDS,
                "Time in which half, 95 % and 99 % of all requests were answered, over all operations. Estimated "
                        + "between the bounds of a histogram, so that what is slower than 10 s shows as 10 s.",
                series(quantile(50, "le"), "p50"),
                series(quantile(95, "le"), "p95"),
                series(quantile(99, "le"), "p99"));
    }

    private static Panel latencyByOperation(int percent) {
        return Panel.graph(
                        "Latency p" + percent + " by operation",
                        Unit.SECONDS,
                        "Time in which " + percent + " % of the requests of each operation were answered. Blank while "
                                + "an operation has no requests.",
                        series(quantile(percent, "operation, le"), "{{operation}}"))
                .third();
    }

    private static String quantile(int percent, String by) {
        return "histogram_quantile(0." + percent + ", sum by (" + by
                + ") (rate(http_server_requests_seconds_bucket{SERVICE}[$__rate_interval])))";
    }

    private static Panel active() {
        return Panel.graph(
                "Requests being answered",
                Unit.COUNT,
                "Requests that each pod is at work on at the moment of the scrape. Requests in flight hold memory: a "
                        + "climb here explains one in allocated bytes.",
                series("http_server_active_requests{SERVICE}", "{{pod}}"));
    }

    private static Panel refusals() {
        return Panel.graph(
                "Refusals",
                Unit.REQUESTS_PER_SECOND,
                "Answers withheld because they depart from the document (a defect of a handler) and requests refused "
                        + "for want of credentials (a caller, or a Secret that spec.security does not name).",
                series("sum(rate(brr_response_violations_total{SERVICE}[$__rate_interval]))", "answers withheld"),
                series("sum(rate(brr_auth_failures_total{SERVICE}[$__rate_interval]))", "credentials refused"));
    }

    private static Panel cpuUsage() {
        return Panel.graph(
                "CPU usage",
                Unit.CORES,
                "CPUs that each pod keeps busy, everything included: requests, garbage collection, compilation, the "
                        + "allocator's background threads. At the CPU limit the kernel throttles, and latency grows.",
                series("rate(process_cpu_seconds_total{SERVICE}[$__rate_interval])", "{{pod}}"));
    }

    private static Panel cpuPerRequest() {
        return Panel.graph(
                "CPU per request",
                Unit.SECONDS,
                "CPU time of the chosen pods for each answered request: what a tuning costs, whatever the load. "
                        + "Compare before and after a change of MALLOC_CONF, under load. Blank without requests.",
                series(
                        Fallback.blank("sum(rate(process_cpu_seconds_total{SERVICE}[$__rate_interval]))"
                                + " / (sum(rate(http_server_requests_seconds_count{SERVICE}[$__rate_interval])) > 0)"),
                        "CPU per request"));
    }
}
