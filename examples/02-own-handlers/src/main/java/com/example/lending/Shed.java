package com.example.lending;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools and who has them. It cannot grow: there is at most one loan for each tool. */
final class Shed {

    /** A tool. */
    record Tool(String name, String kind) {}

    /** A tool that somebody has. */
    record Loan(long id, String tool, LocalDate due) {}

    /** What came of asking for a tool. */
    sealed interface Borrowed {
        record Taken(Loan loan) implements Borrowed {}

        record AlreadyOut(LocalDate due) implements Borrowed {}

        record NoSuchTool() implements Borrowed {}
    }

    private final Clock clock;
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Loan> loans = new LinkedHashMap<>();
    private long lastId;

    Shed(Clock clock, List<Tool> tools) {
        this.clock = clock;
        tools.forEach(tool -> this.tools.put(tool.name(), tool));
    }

    List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    synchronized boolean has(String tool) {
        return tools.containsKey(tool) && !loans.containsKey(tool);
    }

    synchronized Borrowed borrow(String tool, int days) {
        if (!tools.containsKey(tool)) {
            return new Borrowed.NoSuchTool();
        }
        Loan other = loans.get(tool);
        if (other != null) {
            return new Borrowed.AlreadyOut(other.due());
        }
        Loan loan = new Loan(++lastId, tool, LocalDate.now(clock).plusDays(days));
        loans.put(tool, loan);
        return new Borrowed.Taken(loan);
    }

    synchronized Optional<Loan> loan(long id) {
        return loans.values().stream().filter(loan -> loan.id() == id).findFirst();
    }

    synchronized boolean giveBack(long id) {
        return loans.values().removeIf(loan -> loan.id() == id);
    }
}
