package dev.brr.runtime;

import dev.brr.jemalloc.Jemalloc;
import dev.brr.runtime.dispatch.BuiltIns;
import dev.brr.runtime.document.Operation;
import dev.brr.runtime.document.SecurityScheme;
import dev.brr.runtime.document.ServiceDocument;
import dev.brr.runtime.profiling.DebugPath;
import dev.brr.runtime.server.BrrServer;
import dev.brr.runtime.server.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says what a service that has just started serves. */
public final class StartLine {
    private StartLine() {}

    /** Gives one line; further ones for schemes without credentials, and for operations that are never asked. */
    public static String of(BrrServer server, Jemalloc jemalloc) {
        ServicePlan plan = server.plan();
        ServiceDocument document = plan.document();
        StringBuilder text = new StringBuilder("Listening on port " + server.port());
        if (server.managementPort() != server.port()) {
            text.append(" (management on ").append(server.managementPort()).append(')');
        }
        text.append(": ").append(document.title()).append(' ').append(document.version());
        text.append(", ").append(document.operations().size()).append(" operations, ");
        text.append(handlers(plan)).append("; ").append(allocator(jemalloc)).append('.');
        closed(plan).forEach(line -> text.append(System.lineSeparator()).append(line));
        if (server.managementPort() == server.port()) {
            shadowed(document)
                    .forEach(line -> text.append(System.lineSeparator()).append(line));
        }
        return text.toString();
    }

    private static List<String> shadowed(ServiceDocument document) {
        List<String> lines = new ArrayList<>();
        for (Operation operation : document.operations()) {
            for (String basePath : operation.basePaths()) {
                // An empty segment does not count.
                String path = (basePath + operation.path().text())
                        .replaceAll("/+", "/")
                        .replaceAll("(?<=.)/$", "");
                if (BuiltIns.answers(operation.method(), path) || DebugPath.answersAt(path)) {
                    lines.add("The service's own " + path + " answers in place of " + operation.id()
                            + ": give its endpoints a port of their own by --management-port or BRR_MANAGEMENT_PORT.");
                }
            }
        }
        return lines;
    }

    private static String handlers(ServicePlan plan) {
        Set<String> handled = new TreeSet<>(plan.settings().handlers().keySet());
        Set<String> others = new TreeSet<>();
        plan.document().operations().forEach(operation -> others.add(operation.id()));
        others.removeAll(handled);
        if (handled.isEmpty()) {
            return "all answered from the document's examples";
        }
        if (others.isEmpty()) {
            return "all with handlers";
        }
        return handled.size() <= others.size()
                ? "handlers for " + String.join(", ", handled) + ", the rest answered from the document's examples"
                : "all with handlers but " + String.join(", ", others) + ", answered from the document's examples";
    }

    private static String allocator(Jemalloc jemalloc) {
        return switch (jemalloc) {
            case Jemalloc.Loaded loaded -> "jemalloc " + loaded.version().split("-")[0] + " loaded";
            case Jemalloc.Absent absent ->
                "without jemalloc: " + absent.explanation().replaceAll("\\.$", "");
        };
    }

    private static List<String> closed(ServicePlan plan) {
        List<String> lines = new ArrayList<>();
        for (String name : plan.closedSchemes()) {
            SecurityScheme scheme = plan.document().securitySchemes().get(name);
            long operations = plan.document().operations().stream()
                    .filter(operation -> names(operation, name))
                    .count();
            String cure = scheme == null ? "declare it" : cure(scheme, name);
            lines.add("Nothing opens the security scheme " + name + ", which " + operations
                    + (operations == 1 ? " operation asks for: " : " operations ask for: ") + cure + ".");
        }
        return lines;
    }

    private static String cure(SecurityScheme scheme, String name) {
        return switch (scheme) {
            case SecurityScheme.ApiKey _ -> "set BRR_API_KEY, BRR_API_KEY__" + name + " or --api-key " + name + "=KEY";
            case SecurityScheme.Http http when http.scheme().equals("basic") -> "set BRR_BASIC_USERS_FILE__" + name;
            case SecurityScheme.Http http
            when !http.scheme().equals("bearer") ->
                "the HTTP authentication scheme " + http.scheme() + " is not known here";
            case SecurityScheme.OpenIdConnect _ -> "set BRR_JWT_ISSUER__" + name + " and BRR_JWT_AUDIENCE__" + name;
            case SecurityScheme.Http _, SecurityScheme.OAuth2 _ ->
                "set BRR_JWT_JWKS__" + name + ", BRR_JWT_ISSUER__" + name + " and BRR_JWT_AUDIENCE__" + name;
            case SecurityScheme.MutualTls _ -> "client certificates are not checked here";
        };
    }

    private static boolean names(Operation operation, String scheme) {
        return operation.security().stream()
                .anyMatch(requirement -> requirement.schemes().containsKey(scheme));
    }
}
