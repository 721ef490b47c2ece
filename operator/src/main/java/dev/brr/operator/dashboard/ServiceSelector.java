package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;

/**
 * Narrows PromQL to one service.
 *
 * <p>Expressions are written with the placeholder <code>{SERVICE}</code> where the label matchers belong, or
 * <code>{SERVICE, status="500"}</code> with further ones. The labels {@code namespace}, {@code pod} and
 * {@code service} come from the scrape configuration, not from the process.
 *
 * @param matchers label matchers as PromQL has them between the braces
 */
record ServiceSelector(String matchers) {

    private static final String PLACEHOLDER = "{SERVICE";

    /** Selects every pod of a service. */
    static ServiceSelector everyPod(BrrService service) {
        var metadata = service.getMetadata();
        return new ServiceSelector(
                "namespace=\"%s\", service=\"%s\"".formatted(metadata.getNamespace(), metadata.getName()));
    }

    /** Selects, of the same pods, those that the dashboard's variable {@code pod} stands for. */
    ServiceSelector chosenPods() {
        return new ServiceSelector(matchers + ", pod=~\"$pod\"");
    }

    /** Returns an expression with its placeholders filled in. */
    String in(String expression) {
        return expression.replace(PLACEHOLDER, "{" + matchers);
    }
}
