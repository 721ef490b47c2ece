package dev.brr.operator.dashboard;

import dev.brr.api.v1alpha1.BrrService;

/** Finds panels and their queries. */
final class Panels {

    private Panels() {}

    static Panel titled(BrrService service, String title) {
        return HeapDashboard.dashboard(service)
                .panels()
                .filter(panel -> panel.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no panel is called " + title));
    }

    /** Returns the query behind a legend of a panel of the petstore, for all pods and rates over two minutes. */
    static String query(String title, String legend) {
        var service = Petstore.balanced();
        return titled(service, title).targets().stream()
                .filter(target -> target.legend().equals(legend))
                .map(target -> HeapDashboard.dashboard(service)
                        .query(target)
                        .replace("$__rate_interval", "2m")
                        .replace("$pod", ".*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no legend of " + title + " is " + legend));
    }
}
