package com.example.lending;

import com.example.lending.Shed.Borrowed;
import com.example.lending.Shed.Loan;
import com.example.lending.Shed.Tool;
import dev.brr.runtime.handler.OperationHandler;
import dev.brr.runtime.handler.OperationHandlerProvider;
import dev.brr.runtime.handler.ProblemException;
import dev.brr.runtime.handler.Request;
import dev.brr.runtime.handler.Response;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The handlers of openapi.yaml, by operationId. The runtime finds them by META-INF/services. */
public final class LendingHandlers implements OperationHandlerProvider {
    private final Shed shed;

    /** For the runtime: one shed for the life of the process. */
    public LendingHandlers() {
        this(new Shed(
                Clock.systemUTC(),
                List.of(new Tool("saw", "hand"), new Tool("drill", "power"), new Tool("hedge-shears", "garden"))));
    }

    LendingHandlers(Shed shed) {
        this.shed = shed;
    }

    @Override
    public Map<String, OperationHandler> handlers() {
        return Map.of(
                "listTools", this::listTools,
                "borrowTool", this::borrowTool,
                "readLoan", this::readLoan,
                "returnTool", this::returnTool);
    }

    /** What clients see of a tool. */
    record ToolView(String name, String kind, boolean inShed) {}

    private Response listTools(Request request) {
        // The document says what kinds there are; anything else was refused before this is called.
        var kind = request.query("kind").asText();
        return Response.ok(shed.tools().stream()
                .filter(tool -> kind.isEmpty() || kind.get().equals(tool.kind()))
                .map(tool -> new ToolView(tool.name(), tool.kind(), shed.has(tool.name())))
                .sorted(Comparator.comparing(ToolView::inShed).reversed())
                .toList());
    }

    /** The body of borrowTool; names are those of the document. */
    record Wish(String tool, int days) {}

    private Response borrowTool(Request request) {
        Wish wish = request.body(Wish.class);
        return switch (shed.borrow(wish.tool(), wish.days())) {
            case Borrowed.Taken(Loan loan) ->
                Response.of(201, view(loan)).withHeader("Location", "/loans/" + loan.id());
            case Borrowed.AlreadyOut(var due) ->
                throw new ProblemException(409, "Tool is out", "Somebody has the " + wish.tool() + " until " + due);
            case Borrowed.NoSuchTool() ->
                throw new ProblemException(404, "No such tool", "There is no " + wish.tool() + " in this shed");
        };
    }

    private Response readLoan(Request request) {
        long id = request.path("id").asLong().orElseThrow();
        return Response.ok(view(shed.loan(id).orElseThrow(() -> noLoan(id))));
    }

    private Response returnTool(Request request) {
        long id = request.path("id").asLong().orElseThrow();
        if (!shed.giveBack(id)) {
            throw noLoan(id);
        }
        return Response.empty(204);
    }

    private static Map<String, Object> view(Loan loan) {
        return Map.of("id", loan.id(), "tool", loan.tool(), "due", loan.due().toString());
    }

    private static ProblemException noLoan(long id) {
        return new ProblemException(404, "No such loan", "There is no loan " + id + ", or it has ended");
    }
}
