package dev.brr.operator.dashboard;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads which metrics an expression is about; enough for the expressions here, which promtool parses whole. */
final class PromqlNames {

    private static final Pattern SELECTED = Pattern.compile("([a-z][a-z0-9_]*)\\{");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern BRACED = Pattern.compile("\\{[^}]*}");
    private static final Pattern LABEL_LIST = Pattern.compile("\\b(by|on|without)\\s*\\([^)]*\\)");
    private static final Pattern BARE = Pattern.compile("\\b[a-z][a-z0-9]*_[a-z0-9_]*\\b(?!\\s*[({])");

    private PromqlNames() {}

    /** Returns the metrics of an expression, by the names of their series. */
    static Set<String> metrics(String expression) {
        return SELECTED.matcher(expression)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Returns what would look at other services too: selectors without namespace and service, metrics without any. */
    static List<String> unselected(String expression) {
        var loose = BRACED.matcher(expression)
                .results()
                .map(MatchResult::group)
                .filter(braced -> !braced.matches("\\{namespace=\"[^\"]+\", service=\"[^\"]+\".*"));
        var withoutBraces = BRACED.matcher(expression).replaceAll("{}");
        var withoutStrings = STRING.matcher(withoutBraces).replaceAll("");
        var bare = BARE.matcher(LABEL_LIST.matcher(withoutStrings).replaceAll(""))
                .results()
                .map(MatchResult::group);
        return Stream.concat(loose, bare).toList();
    }
}
