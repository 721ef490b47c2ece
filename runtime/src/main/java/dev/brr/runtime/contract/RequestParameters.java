package dev.brr.runtime.contract;

import java.util.List;
import java.util.Map;

/** Where the parameters of one request are read from. */
public interface RequestParameters {

    /** Gives the path parameters by name, raw. */
    Map<String, String> path();

    /** Gives the query, its values raw. */
    Query query();

    /** Lists the values of a header, in the order they came. */
    List<String> header(String name);

    /** Gives the values of a cookie. */
    default List<String> cookie(String name) {
        return Cookies.values(header("cookie"), name);
    }
}
