package dev.brr.runtime.dispatch;

import dev.brr.runtime.contract.Query;
import dev.brr.runtime.contract.RequestParameters;
import java.util.List;
import java.util.Map;

/** The parameters of a request whose operation is known. */
record MatchedRequest(Exchange exchange, Map<String, String> path, Query query) implements RequestParameters {

    @Override
    public List<String> header(String name) {
        return exchange.header(name);
    }
}
